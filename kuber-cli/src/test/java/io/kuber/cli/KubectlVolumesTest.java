package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the books show of volumes, typed into kubectl and looked at inside of pods. */
final class KubectlVolumesTest {
  private static final String SOCKET_SERVER =
      "$s = IO::Socket::UNIX->new(Local => \"/there/s\", Listen => 9) or die; while ($c ="
          + " $s->accept) { 1 while <$c> =~ /\\\\S/; print $c \"HTTP/1.0 200 x\\\\r\\\\n\\\\r\\\\nhello\";"
          + " close $c }";

  private static final String TOOLS =
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: tools}
      spec:
        selector: {matchLabels: {app: tools}}
        template:
          metadata: {labels: {app: tools}}
          spec:
            terminationGracePeriodSeconds: 0
            hostNetwork: true
            hostPID: true
            hostIPC: true
            containers:
            - name: main
              image: kuber.io/host
              command: ["tail", "-f", "/dev/null"]
              securityContext: {privileged: true}
              volumeMounts: [{name: root, mountPath: /node-fs}, {name: dev, mountPath: /node-dev}]
            volumes:
            - {name: root, hostPath: {path: /}}
            - {name: dev, hostPath: {path: /dev}}
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = KubectlCluster.apart(() -> directory, "volumes-test");

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void sharesDirectoryAmongContainersOfPod(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String server =
        "{name: sync, image: kuber.io/host, command: [perl, -MIO::Socket::UNIX, -e, '%s']%s}"
            .formatted(SOCKET_SERVER.replace("\\\\", "\\"), PodText.mount("shared", "/there"));
    kubectl.applies(
        PodText.of(
            "site",
            """
            containers:
            - %s
            - %s
            - %s
            volumes:
            - name: shared
              emptyDir:
            """
                .formatted(
                    server,
                    PodText.sleeper("web", PodText.mount("shared", "/srv/html")),
                    PodText.sleeper("other", ""))));
    kubectl.awaits("Ready", "pod/site");
    assertThat(kubectl.field("pod/site", "{.spec.volumes[?(@.name==\"shared\")].emptyDir}"))
        .isEqualTo("{}");
    kubectl.until(
        "hello"::equals,
        "exec",
        "site",
        "-c",
        "web",
        "--",
        "curl",
        "-s",
        "--unix-socket",
        "/srv/html/s",
        "http://it/");
    kubectl.shell("site", "sync", "echo page > /there/index.html");
    assertThat(kubectl.shell("site", "web", "cat /srv/html/index.html")).isEqualTo("page");
    assertThat(kubectl.shell("site", "other", "ls -d /there /srv/html 2>/dev/null | wc -l"))
        .isEqualTo("0");
    String uid = kubectl.field("pod/site", "{.metadata.uid}");
    Path volume = directory.resolve("data/node/pods").resolve(uid).resolve("volumes/emptyDir");
    assertThat(volume.resolve("shared/index.html")).hasContent("page\n");
    kubectl.does("delete", "pod", "site");
    Eventually.seen(() -> Files.exists(volume) ? "there" : "", String::isEmpty);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void mountsDirectoriesOfTheNode(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    Path host = kubectl.directory().resolve("lib/kuard");
    Files.createDirectories(host);
    Files.writeString(host.resolve("there"), "before\n");
    kubectl.applies(
        PodText.of(
                "kuard",
                """
                containers:
                - name: main
                  image: kuber.io/host
                  command: [sleep, '1000']
                  volumeMounts:
                  - {name: data, mountPath: /data}
                  - {name: data, mountPath: /fixed, readOnly: true}
                volumes: [{name: data, hostPath: {path: %s}}]
                """
                    .formatted(host))
            + PodText.of(
                "wrong",
                "containers: [%s]\nvolumes: [{name: f, hostPath: {path: %s, type: File}}]"
                    .formatted(PodText.sleeper("main", PodText.mount("f", "/f")), host)));
    kubectl.awaits("Ready", "pod/kuard");
    kubectl.shell("kuard", "main", "echo more >> /data/there");
    assertThat(host.resolve("there")).hasContent("before\nmore\n");
    assertThat(kubectl.shell("kuard", "main", "touch /fixed/x 2>&1 || true")).contains("Read-only");
    kubectl.until(
        text -> text.matches("(?s).*FailedMount .*hostPath type check failed: .* is not a file.*"),
        "describe",
        "pod",
        "wrong");
    kubectl.does("delete", "pod", "kuard");
    assertThat(host.resolve("there")).exists();
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void opensTheNodeToPrivilegedDaemons(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(TOOLS);
    Workload.rolled(kubectl, "daemonset/tools");
    String pod = kubectl.does("get", "pods", "-o", "jsonpath={.items[0].metadata.name}");
    assertThat(kubectl.shell(pod, "main", "chroot /node-fs cat /etc/hostname"))
        .isEqualTo(Files.readString(Path.of("/etc/hostname")).strip());
    assertThat(kubectl.shell(pod, "main", "cat /proc/" + ProcessHandle.current().pid() + "/comm"))
        .isEqualTo("java");
    assertThat(kubectl.shell(pod, "main", "ls /sys/class/net; ls -d /node-dev/null"))
        .contains("kuber-test", "/node-dev/null");
    kubectl.doesWith(TOOLS, "delete", "-f", "-");
    kubectl.until(String::isEmpty, "get", "pods", "-o", "name");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void opensTheApiToPodsOfServiceAccounts(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("create", "serviceaccount", "reader");
    kubectl.applies(
        PodText.of(
                "pod",
                "serviceAccountName: reader\ncontainers: [%s]"
                    .formatted(PodText.sleeper("main", "")))
            + PodText.of(
                "none",
                "automountServiceAccountToken: false\ncontainers: [%s]"
                    .formatted(PodText.sleeper("main", ""))));
    kubectl.awaits("Ready", "pod/pod");
    kubectl.awaits("Ready", "pod/none");
    String at = "/var/run/secrets/kubernetes.io/serviceaccount";
    assertThat(kubectl.shell("pod", "main", "cd " + at + "; ls; cat namespace; stat -f -c %T ."))
        .isEqualTo("ca.crt\nnamespace\ntoken\n" + kubectl.namespace() + "tmpfs");
    assertThat(kubectl.shell("none", "main", "ls " + at + " 2>/dev/null || echo none"))
        .isEqualTo("none");
    String pods =
        "cd %s; curl -s --cacert ca.crt -H \"Authorization: Bearer $(cat token)\"".formatted(at)
            + " https://kubernetes.default/api/v1/namespaces/$(cat namespace)/pods/none";
    assertThat(kubectl.shell("pod", "main", pods))
        .contains("pods \\\"none\\\" is forbidden: User \\\"system:serviceaccount:")
        .contains("\"code\": 403");
    kubectl.does(
        "create",
        "rolebinding",
        "reader",
        "--clusterrole=view",
        "--serviceaccount=" + kubectl.namespace() + ":reader");
    kubectl.until(answer -> answer.contains("\"uid\""), "exec", "pod", "--", "sh", "-c", pods);
  }
}
