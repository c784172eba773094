package io.kuber.boot;

import static io.kuber.node.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.PatchType;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import io.kuber.node.TestCluster;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What real pods see of their volumes, looked at from inside. */
@Execution(ExecutionMode.CONCURRENT)
final class PodVolumesTest {
  @TempDir private static Path directory;

  @RegisterExtension static final NodeBench BENCH = new NodeBench(() -> directory);

  /** A pod of one container that sleeps; {@code spec} goes on in flow style. */
  private static void sleeper(String name, String mounts, String volumes, String spec) {
    BENCH.run(
        """
        metadata: {name: %s, labels: {colour: blue}}
        spec:
          terminationGracePeriodSeconds: 0
          %s
          containers:
          - name: main
            image: kuber.io/host
            command: [sleep, '1000']
            volumeMounts: [%s]
          volumes: [%s]
        """
            .formatted(name, spec, mounts, volumes));
  }

  private static void sleeper(String name, String mounts, String volumes) {
    sleeper(name, mounts, volumes, "");
    BENCH.awaitReady(name);
  }

  private static String sh(String pod, String script) {
    return BENCH.exec(pod, "main", "sh", "-c", script).strip();
  }

  private static void patch(ResourceType type, String name, String yaml) {
    Tree change = TestCluster.parse(yaml);
    await(BENCH.cluster().client().patch(type, "default", name, "", PatchType.MERGE, change));
  }

  private static void awaitEvent(String pod, String message) {
    NodeBench.until(
        () ->
            BENCH.cluster().list(Resources.EVENTS).stream()
                .anyMatch(event -> isAbout(event, pod) && message(event).equals(message)));
  }

  private static boolean isAbout(KubeObject event, String pod) {
    return event.tree().text("involvedObject", "name").equals(pod)
        && event.tree().text("reason").equals("FailedMount");
  }

  private static String message(KubeObject event) {
    return event.tree().text("message");
  }

  @Test
  void containersShareAnEmptyDirectoryAtDifferentPaths() {
    BENCH.run(
        """
        metadata: {name: shared}
        spec:
          restartPolicy: Never
          initContainers:
          - name: writer
            image: kuber.io/host
            command: [sh, -c, 'echo hello > /tmp/code/index.html']
            volumeMounts: [{name: code, mountPath: /tmp/code}]
          containers:
          - name: reader
            image: kuber.io/host
            command: [sh, -c, 'cat /usr/htdocs/index.html; stat -c %a /usr/htdocs']
            volumeMounts: [{name: code, mountPath: /usr/htdocs}]
          volumes: [{name: code, emptyDir: {}}]
        """
            .replace("/usr/htdocs", "/srv/htdocs"));
    assertThat(BENCH.awaitOutput("shared")).isEqualTo("hello\n777\n");
  }

  @Test
  void keepsADirectoryInMemoryToItsSize() {
    sleeper(
        "memory",
        "{name: fast, mountPath: /fast}",
        "{name: fast, emptyDir: {medium: Memory, sizeLimit: 1Mi}}");
    assertThat(sh("memory", "stat -f -c %T /fast; df --output=size -k /fast | tail -1"))
        .matches("tmpfs\\s+1024");
    assertThat(sh("memory", "head -c 2000000 /dev/zero > /fast/big || echo full")).endsWith("full");
  }

  @Test
  void exchangesAllFilesOfAConfigMapAtOnceButNotThoseOfASubPath() {
    BENCH
        .cluster()
        .create(Resources.CONFIG_MAPS, "{metadata: {name: app}, data: {a: '1', b: '1'}}");
    sleeper(
        "configured",
        "{name: c, mountPath: /etc/c}, {name: c, mountPath: /etc/one, subPath: a}",
        "{name: c, configMap: {name: app, defaultMode: 0440}}");
    assertThat(sh("configured", "cat /etc/c/a /etc/c/b /etc/one; stat -L -c %a /etc/c/a"))
        .isEqualTo("111440");
    String before = sh("configured", "readlink /etc/c/..data");

    patch(Resources.CONFIG_MAPS, "app", "{data: {a: '2', b: null, c: '2'}}");
    NodeBench.until(() -> !sh("configured", "readlink /etc/c/..data").equals(before));
    assertThat(sh("configured", "cd /etc/c; echo *; cat a c; readlink a"))
        .isEqualTo("a c\n22..data/a");
    assertThat(sh("configured", "cat /etc/one")).isEqualTo("1");
    assertThat(sh("configured", "touch /etc/c/x 2>&1 || true")).contains("Read-only");
  }

  @Test
  void keepsSecretsOffTheDiskWithItemsAndModes() {
    BENCH
        .cluster()
        .create(Resources.SECRETS, "{metadata: {name: key}, stringData: {user: me, pw: secret}}");
    sleeper(
        "keeper",
        "{name: s, mountPath: /s, readOnly: true}",
        "{name: s, secret: {secretName: key, items: [{key: user, path: deep/name, mode: 256}]}}");
    assertThat(sh("keeper", "cat /s/deep/name; stat -L -c ' %a' /s/deep/name; ls /s"))
        .isEqualTo("me 400\ndeep");
    assertThat(sh("keeper", "stat -f -c %T /s")).isEqualTo("tmpfs");
  }

  @Test
  void showsNewLabelsOfThePod() {
    sleeper(
        "labelled",
        "{name: d, mountPath: /d}",
        "{name: d, downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}");
    assertThat(sh("labelled", "cat /d/labels")).isEqualTo("colour=\"blue\"");
    patch(Resources.PODS, "labelled", "{metadata: {labels: {colour: red}}}");
    NodeBench.until(() -> sh("labelled", "cat /d/labels").equals("colour=\"red\""));
  }

  @Test
  void waitsForAConfigMapAndSaysSo() {
    sleeper("waiting", "{name: c, mountPath: /c}", "{name: c, configMap: {name: later}}", "");
    awaitEvent(
        "waiting", "MountVolume.SetUp failed for volume \"c\" : configmap \"later\" not found");
    KubeObject pod = BENCH.cluster().pod("waiting");
    assertThat(pod.status().items("containerStatuses").tree(0).text("state", "waiting", "reason"))
        .isEqualTo("ContainerCreating");
    BENCH.cluster().create(Resources.CONFIG_MAPS, "{metadata: {name: later}, data: {k: v}}");
    BENCH.awaitReady("waiting");
    assertThat(sh("waiting", "cat /c/k")).isEqualTo("v");
  }

  @Test
  void mountsASingleFileAndAReadOnlyDirectoryOfTheMachine() throws IOException {
    Path host = Files.createDirectory(directory.resolve("machine"));
    Files.writeString(host.resolve("file"), "content");
    sleeper(
        "mounter",
        "{name: f, mountPath: /etc/only}, {name: d, mountPath: /ro, readOnly: true}, {name: m, mountPath: /new}",
        "{name: f, hostPath: {path: %1$s/file, type: File}}, {name: d, hostPath: {path: %1$s, type: Directory}}, {name: m, hostPath: {path: %1$s/made/here, type: DirectoryOrCreate}}"
            .formatted(host));
    assertThat(sh("mounter", "cat /etc/only; touch /ro/x 2>&1 || echo refused"))
        .startsWith("content")
        .endsWith("refused");
    sh("mounter", "echo changed > /etc/only; touch /new/inside");
    assertThat(host.resolve("file")).hasContent("changed\n");
    BENCH.delete("mounter");
    assertThat(host.resolve("made/here/inside")).exists();
  }

  @Test
  void saysWhatAHostPathIsNot() {
    sleeper(
        "wrong",
        "{name: h, mountPath: /h}",
        "{name: h, hostPath: {path: /nowhere, type: Socket}}",
        "");
    awaitEvent(
        "wrong",
        "MountVolume.SetUp failed for volume \"h\" : hostPath type check failed: /nowhere is not a socket file");
    BENCH.delete("wrong");
  }

  @Test
  void givesVolumesToTheGroupOfThePod() {
    sleeper(
        "grouped",
        "{name: e, mountPath: /e}, {name: t, mountPath: /t}",
        "{name: e, emptyDir: {}}, {name: t, downwardAPI: {defaultMode: 256, items: [{path: p, fieldRef: {fieldPath: metadata.name}}]}}",
        "securityContext: {runAsUser: 1000, runAsGroup: 1000, fsGroup: 4242}");
    BENCH.awaitReady("grouped");
    assertThat(sh("grouped", "stat -c '%g %a' /e; touch /e/mine; stat -c %g /e/mine"))
        .isEqualTo("4242 2777\n4242");
    assertThat(sh("grouped", "stat -L -c '%g %a' /t/p; cat /t/p")).isEqualTo("4242 440\ngrouped");
  }

  @Test
  void mountsAClaimedDirectoryOfTheMachineThatOutlivesThePod() throws IOException {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    claim("data", "local: {path: " + disk + "}", "node-1");
    for (String pod : new String[] {"first", "second"}) {
      sleeper(
          pod, "{name: d, mountPath: /d}", "{name: d, persistentVolumeClaim: {claimName: data}}");
      sh(pod, "echo " + pod + " >> /d/log");
      BENCH.delete(pod);
    }
    assertThat(disk.resolve("log")).hasContent("first\nsecond\n");
  }

  @Test
  void refusesAClaimWhoseVolumeIsOnAnotherNode() {
    claim("far", "local: {path: /tmp}", "node-2");
    sleeper(
        "stranded",
        "{name: d, mountPath: /d}",
        "{name: d, persistentVolumeClaim: {claimName: far}}",
        "");
    awaitEvent(
        "stranded",
        "MountVolume.NodeAffinity check failed for volume \"d\" : no matching NodeSelectorTerms");
    BENCH.delete("stranded");
  }

  private static void claim(String name, String source, String node) {
    KubeObject claim =
        BENCH
            .cluster()
            .create(
                Resources.PERSISTENT_VOLUME_CLAIMS,
                """
                metadata: {name: %s}
                spec: {accessModes: [ReadWriteOnce], storageClassName: '', volumeName: %s, resources: {requests: {storage: 1Gi}}}
                """
                    .formatted(name, name));
    BENCH
        .cluster()
        .create(
            Resources.PERSISTENT_VOLUMES,
            """
            metadata: {name: %s}
            spec:
              accessModes: [ReadWriteOnce]
              capacity: {storage: 1Gi}
              %s
              claimRef: {kind: PersistentVolumeClaim, namespace: default, name: %s, uid: %s}
              nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [%s]}]}]}}
            """
                .formatted(name, source, name, claim.uid(), node));
    await(
        BENCH
            .cluster()
            .client()
            .updateSubresource(
                Resources.PERSISTENT_VOLUME_CLAIMS,
                "status",
                claim.with("Bound", "status", "phase")));
  }

  @Test
  void showsTheFilesOfAnImage() {
    sleeper(
        "imaged",
        "{name: i, mountPath: /image}",
        "{name: i, image: {reference: 'kuber.io/kuard:blue'}}");
    assertThat(sh("imaged", "ls /image | head -1; touch /image/x 2>&1 || echo refused"))
        .endsWith("refused");
  }

  @Test
  void doesNotFollowALinkOutOfAVolume() {
    BENCH.run(
        """
        metadata: {name: escaping}
        spec:
          terminationGracePeriodSeconds: 0
          initContainers:
          - name: attacker
            image: kuber.io/host
            command: [sh, -c, 'ln -s / /v/out; ln -s inner /v/in; mkdir /v/inner; echo fine > /v/inner/f']
            volumeMounts: [{name: v, mountPath: /v}]
          containers:
          - name: main
            image: kuber.io/host
            command: [sleep, '1000']
            volumeMounts: [{name: v, mountPath: /x, subPath: in}]
          - name: second
            image: kuber.io/host
            command: [sleep, '1000']
            volumeMounts: [{name: v, mountPath: /x, subPath: out/etc}]
          volumes: [{name: v, emptyDir: {}}]
        """);
    BENCH.awaitPod(
        "escaping",
        pod ->
            pod.status().items("containerStatuses").trees().stream()
                .anyMatch(
                    status ->
                        status
                            .text("state", "waiting", "message")
                            .equals(
                                "failed to prepare subPath for volumeMount \"v\" of container"
                                    + " \"second\"")));
    NodeBench.until(
        () ->
            BENCH.cluster().pod("escaping").status().items("containerStatuses").trees().stream()
                .anyMatch(status -> status.tree("state", "running").size() > 0));
    assertThat(sh("escaping", "cat /x/f")).isEqualTo("fine");
    BENCH.delete("escaping");
  }

  @Test
  void putsTheEnvironmentIntoASubPath() {
    BENCH.run(
        """
        metadata: {name: expanded}
        spec:
          restartPolicy: Never
          containers:
          - name: main
            image: kuber.io/host
            env: [{name: WHO, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
            command: [sh, -c, 'touch /logs/mine; ls -R /all']
            volumeMounts:
            - {name: v, mountPath: /logs, subPathExpr: $(WHO)/log}
            - {name: v, mountPath: /all}
          volumes: [{name: v, emptyDir: {}}]
        """);
    assertThat(BENCH.awaitOutput("expanded")).contains("/all/expanded/log:\nmine");
  }

  @Test
  void passesOnMountsOfTheMachineOnlyWhereAskedTo() throws IOException {
    Syscalls linux = Syscalls.linux();
    Path shared = Files.createDirectory(directory.resolve("shared"));
    linux.mount("tmpfs", shared.toString(), "tmpfs", 0, "size=64k");
    try {
      linux.mount("none", shared.toString(), "", Uapi.MS_SHARED, "");
      Path later = Files.createDirectory(shared.resolve("later"));
      sleeper(
          "propagated",
          "{name: h, mountPath: /with, mountPropagation: HostToContainer},"
              + " {name: h, mountPath: /without},"
              + " {name: h, mountPath: /top, readOnly: true, mountPropagation: HostToContainer}",
          "{name: h, hostPath: {path: " + shared + "}}");
      linux.mount("tmpfs", later.toString(), "tmpfs", 0, "size=64k");
      Files.createFile(later.resolve("news"));
      assertThat(sh("propagated", "ls /with/later")).isEqualTo("news");
      assertThat(sh("propagated", "ls /without/later")).isEmpty();
      assertThat(sh("propagated", "touch /top/x || touch /top/later/x && echo below only"))
          .isEqualTo("below only");
      BENCH.delete("propagated");
    } finally {
      linux.umount(shared.toString(), Uapi.MNT_DETACH);
    }
  }

  @Test
  void makesAllBelowAMountReadOnlyWhereAskedTo() throws IOException {
    Syscalls linux = Syscalls.linux();
    Path host = Files.createDirectory(directory.resolve("nested"));
    Path below = Files.createDirectory(host.resolve("below"));
    linux.mount("tmpfs", below.toString(), "tmpfs", 0, "size=64k");
    try {
      sleeper(
          "nested",
          "{name: h, mountPath: /top, readOnly: true},"
              + " {name: h, mountPath: /all, readOnly: true, recursiveReadOnly: Enabled}",
          "{name: h, hostPath: {path: " + host + "}}");
      assertThat(sh("nested", "touch /top/x || touch /top/below/x && echo below only"))
          .isEqualTo("below only");
      assertThat(sh("nested", "touch /all/below/x || echo nothing")).isEqualTo("nothing");
      BENCH.delete("nested");
    } finally {
      linux.umount(below.toString(), Uapi.MNT_DETACH);
    }
  }

  @Test
  void leavesNoMountsBehind() throws IOException {
    BENCH.cluster().create(Resources.SECRETS, "{metadata: {name: gone}, stringData: {k: v}}");
    sleeper(
        "passing",
        "{name: s, mountPath: /s}, {name: e, mountPath: /e}",
        "{name: s, secret: {secretName: gone}}, {name: e, emptyDir: {medium: Memory}}");
    String uid = BENCH.cluster().pod("passing").uid();
    assertThat(mountsOf(uid)).isEqualTo(2);
    BENCH.delete("passing");
    Path volumes = BENCH.data().resolve("node/pods").resolve(uid).resolve("volumes");
    NodeBench.until(() -> Files.notExists(volumes));
    assertThat(mountsOf(uid)).isZero();
  }

  private static long mountsOf(String uid) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(line -> line.contains("/pods/" + uid + "/volumes/"))
        .count();
  }
}
