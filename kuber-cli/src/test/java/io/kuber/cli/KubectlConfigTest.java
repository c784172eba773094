package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The books' chapters on ConfigMaps and Secrets, typed into kubectl and read inside of pods. */
final class KubectlConfigTest {
  private static final String NODE = "config-test";
  private static final Path OPENSSL = Path.of("/usr/bin/openssl");
  private static final long LIMIT_SECONDS = 60;

  private static final String CONFIGURED =
      """
      containers:
      - name: test
        image: kuber.io/host
        imagePullPolicy: Always
        command:
        - sh
        - -c
        - echo "$0" "$@"; sleep
          1000
        - $(EXTRA_PARAM)
        - $(NOPE) $$(EXTRA_PARAM)
        env:
        - {name: LATE, value: '$(ANOTHER_PARAM)'}
        - {name: ANOTHER_PARAM, valueFrom: {configMapKeyRef: {name: my-config, key: another-param}}}
        - {name: EXTRA_PARAM, valueFrom: {configMapKeyRef: {name: my-config, key: extra-param}}}
        - {name: BOTH, value: '$(ANOTHER_PARAM)/$(EXTRA_PARAM)'}
        - {name: NONE, valueFrom: {secretKeyRef: {name: none, key: none, optional: true}}}
        - {name: WHO, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        - {name: WHERE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
        - {name: MILLIS, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}}
        envFrom: [{configMapRef: {name: my-config}, prefix: CONFIG_}]
        resources: {limits: {cpu: 250m}}
        volumeMounts: [{name: config-volume, mountPath: /config}]
      volumes:
      - name: config-volume
        configMap: {name: my-config, defaultMode: 420}
      """;

  private static final String SECURE =
      """
      containers:
      - name: kuard-tls
        image: kuber.io/kuard:blue
        volumeMounts:
        - {name: tls-certs, mountPath: /tls, readOnly: true}
        - {name: one, mountPath: /one}
      volumes:
      - {name: tls-certs, secret: {secretName: kuard-tls}}
      - {name: one, secret: {secretName: kuard-tls, items: [{key: kuard.crt, path: a/b, mode: 256}]}}
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = KubectlCluster.apart(() -> directory, NODE);

  private static String variable(Kubectl kubectl, String name) throws Exception {
    return kubectl.shell("kuard", "test", "printenv " + name + " || echo unset");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void handsConfigurationToContainers(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.file("my-config.txt", "parameter1 = value1\nparameter2 = value2\n");
    kubectl.does(
        "create",
        "configmap",
        "my-config",
        "--from-file=my-config.txt",
        "--from-literal=extra-param=extra-value",
        "--from-literal=another-param=another-value");
    kubectl.does("create", "service", "clusterip", "before-it", "--tcp=80");
    kubectl.applies(PodText.of("kuard", CONFIGURED));
    kubectl.awaits("Ready", "pod/kuard");
    kubectl.until("extra-value $(NOPE) $(EXTRA_PARAM)\n"::equals, "logs", "kuard");
    assertThat(kubectl.shell("kuard", "test", "cd /config; ls; cat my-config.txt; ls -lL extra*"))
        .startsWith("another-param\nextra-param\nmy-config.txt\nparameter1 = value1\nparameter2")
        .contains("-rw-r--r--");
    assertThat(kubectl.shell("kuard", "test", "ls -a /config")).contains("..data");
    assertThat(variable(kubectl, "ANOTHER_PARAM")).isEqualTo("another-value");
    assertThat(variable(kubectl, "BOTH")).isEqualTo("another-value/extra-value");
    assertThat(variable(kubectl, "LATE")).isEqualTo("$(ANOTHER_PARAM)");
    assertThat(variable(kubectl, "NONE")).isEqualTo("unset");
    assertThat(variable(kubectl, "WHO WHERE MILLIS HOSTNAME"))
        .isEqualTo("kuard\n" + NODE + "\n250\nkuard");
    assertThat(kubectl.does("exec", "kuard", "--", "printenv", "CONFIG_extra-param"))
        .isEqualTo("extra-value\n");
    assertThat(variable(kubectl, "BEFORE_IT_SERVICE_PORT BEFORE_IT_PORT_80_TCP_PROTO"))
        .isEqualTo("80\ntcp");
    assertThat(kubectl.does("get", "configmap", "my-config", "-o", "yaml"))
        .contains("  my-config.txt: |\n    parameter1 = value1\n    parameter2 = value2\n")
        .contains("creationTimestamp:", "resourceVersion:", "uid:");
    assertThat(kubectl.does("get", "configmaps", "my-config")).containsPattern("my-config +3 ");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void showsChangesWithoutRestart(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.file("my-config.txt", "old");
    String[] create = {
      "create",
      "cm",
      "my-config",
      "--from-file=my-config.txt",
      "--from-literal=extra-param=1",
      "--from-literal=another-param=2"
    };
    kubectl.does(create);
    kubectl.applies(PodText.of("kuard", CONFIGURED));
    kubectl.awaits("Ready", "pod/kuard");
    String identity = "{.metadata.uid} {.status.containerStatuses[0].restartCount}";
    String before = kubectl.field("pod/kuard", identity);
    kubectl.edits("s/my-config.txt: old/my-config.txt: edited/", "configmap", "my-config");
    String[] read = {"exec", "kuard", "--", "cat", "/config/my-config.txt"};
    kubectl.until("edited"::equals, read);
    kubectl.file("my-config.txt", "replaced");
    String[] dryRun = Arrays.copyOf(create, create.length + 2);
    dryRun[create.length] = "--dry-run=client";
    dryRun[create.length + 1] = "-oyaml";
    String replacement = kubectl.does(dryRun).replace("another-param: \"2\"", "new: \"3\"");
    assertThat(kubectl.doesWith(replacement, "replace", "-f", "-"))
        .isEqualTo("configmap/my-config replaced\n");
    kubectl.until("replaced"::equals, read);
    assertThat(kubectl.shell("kuard", "test", "cd /config; echo *; cat new"))
        .isEqualTo("extra-param my-config.txt new\n3");
    assertThat(variable(kubectl, "ANOTHER_PARAM")).isEqualTo("2");
    assertThat(kubectl.field("pod/kuard", identity)).isEqualTo(before);
    assertThat(kubectl.failsWith("", create)).contains("already exists");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void waitsForConfigurationThatIsMissing(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(
        PodText.of("kuard", CONFIGURED)
            + PodText.of(
                "secretive",
                "containers: [%s]"
                    .formatted(PodText.sleeper("c", ", envFrom: [{secretRef: {name: missing}}]"))));
    kubectl.until(
        text ->
            text.matches(
                "(?s).*FailedMount .*MountVolume.SetUp failed for volume \"config-volume\" :"
                    + " configmap \"my-config\" not found.*"),
        "describe",
        "pod",
        "kuard");
    kubectl.until(
        pods ->
            pods.matches("(?s).*kuard +0/1 +ContainerCreating +0 .*")
                && pods.matches("(?s).*secretive +0/1 +CreateContainerConfigError +0 .*"),
        "get",
        "pods");
    kubectl.does(
        "create",
        "cm",
        "my-config",
        "--from-literal=extra-param=1",
        "--from-literal=another-param=2");
    kubectl.does("create", "secret", "generic", "missing", "--from-literal=key=value");
    kubectl.awaits("Ready", "pod/kuard");
    kubectl.awaits("Ready", "pod/secretive");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void keepsSecretsInMemoryAndOutOfDescriptions(Path program) throws Exception {
    assumeTrue(Files.isExecutable(OPENSSL), "Debian package openssl is missing");
    Kubectl kubectl = CLUSTER.in(program);
    certificate(kubectl.directory());
    kubectl.does(
        "create",
        "secret",
        "generic",
        "kuard-tls",
        "--from-file=kuard.crt",
        "--from-file=kuard.key");
    assertThat(kubectl.does("get", "secrets", "kuard-tls"))
        .containsPattern("kuard-tls +Opaque +2 ");
    long size = Files.size(kubectl.directory().resolve("kuard.crt"));
    assertThat(kubectl.does("describe", "secrets", "kuard-tls"))
        .containsPattern("kuard.crt: +" + size + " bytes\n")
        .doesNotContain("BEGIN");
    kubectl.applies(PodText.of("kuard-tls", SECURE));
    kubectl.awaits("Ready", "pod/kuard-tls");
    String served = "curl -sk --resolve kuard.example.com:8443:127.0.0.1 --cacert /tls/kuard.crt";
    kubectl.until(
        "ok"::equals,
        "exec",
        "kuard-tls",
        "--",
        "sh",
        "-c",
        served + " https://kuard.example.com:8443/healthy");
    assertThat(kubectl.shell("kuard-tls", "kuard-tls", "ls /tls; stat -f -c %T /tls"))
        .isEqualTo("kuard.crt\nkuard.key\ntmpfs");
    assertThat(kubectl.shell("kuard-tls", "kuard-tls", "cmp /tls/kuard.crt /one/a/b; ls /one"))
        .isEqualTo("a");
    assertThat(kubectl.shell("kuard-tls", "kuard-tls", "stat -L -c %a /one/a/b")).isEqualTo("400");
    assertThat(kubectl.shell("kuard-tls", "kuard-tls", "touch /tls/x 2>&1 || true"))
        .contains("Read-only file system");
  }

  private static void certificate(Path directory) throws Exception {
    Process made =
        new ProcessBuilder(
                OPENSSL.toString(),
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=kuard.example.com",
                "-keyout",
                "kuard.key",
                "-out",
                "kuard.crt")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("openssl.out").toFile())
            .start();
    assertThat(made.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(made.exitValue()).isZero();
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void takesKeysAndValuesOfTheRightForm(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    Path folder = Files.createDirectory(kubectl.directory().resolve("folder"));
    Files.writeString(folder.resolve(".config"), "a");
    Files.writeString(folder.resolve("a-b_c.d"), "b");
    byte[] bytes = {(byte) 0xff, 0, 7};
    Files.write(kubectl.directory().resolve("random.bin"), bytes);
    kubectl.file("big", "a".repeat((1 << 20) + 1));
    kubectl.does("create", "configmap", "settings", "--from-file=folder", "--from-file=random.bin");
    kubectl.does("create", "secret", "generic", "key", "--from-file=k=random.bin");
    assertThat(kubectl.field("cm/settings", "{.data}{.binaryData}"))
        .contains("\".config\":\"a\"", "\"a-b_c.d\":\"b\"", "\"random.bin\":\"/wAH\"");
    assertThat(kubectl.field("secret/key", "{.data.k}")).isEqualTo("/wAH");
    for (String wrong : new String[] {"..", "a/b", "auth file.json"}) {
      String map =
          "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: w}\ndata: {'" + wrong + "': x}\n";
      assertThat(kubectl.failsWith(map, "create", "-f", "-")).contains("data[" + wrong + "]");
    }
    assertThat(kubectl.failsWith("", "create", "configmap", "large", "--from-file=big"))
        .contains("Too long");
    assertThat(kubectl.failsWith("", "create", "secret", "generic", "large", "--from-file=big"))
        .contains("Too long");
    kubectl.applies(
        PodText.of(
            "reader",
            "containers: [%s]\nvolumes: [%s]"
                .formatted(
                    PodText.sleeper("main", ", volumeMounts: [{name: all, mountPath: /all}]"),
                    "{name: all, projected: {sources: [{secret: {name: key}},"
                        + " {configMap: {name: settings}}]}}")));
    kubectl.awaits("Ready", "pod/reader");
    assertThat(
            kubectl.shell(
                "reader", "main", "cd /all; ls -A | grep -v ^\\\\.\\\\.; cmp k random.bin"))
        .isEqualTo(".config\na-b_c.d\nk\nrandom.bin");
  }
}
