package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The books' stories of disks: claims that end at their size and grow, and block devices. */
final class KubectlSizedVolumesTest {
  private static final String RESIZED =
      "{.status.capacity.storage} {.status.conditions[*].type} {.spec.volumeName}";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = KubectlCluster.apart(() -> directory, "sized-test");

  @BeforeEach
  void begin() {
    assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices: modprobe loop");
    assumeTrue(
        Files.exists(Path.of("/usr/sbin/mkfs.ext4")) || Files.exists(Path.of("/sbin/mkfs.ext4")),
        "needs the package e2fsprogs");
  }

  /** No disk of this class stays attached when its pods are gone. */
  @AfterEach
  void end() throws IOException {
    Eventually.seen(() -> attached().toString(), "[]"::equals);
  }

  private static List<String> attached() throws IOException {
    List<String> files = new ArrayList<>();
    try (DirectoryStream<Path> blocks = Files.newDirectoryStream(Path.of("/sys/block"), "loop*")) {
      for (Path block : blocks) {
        Path backing = block.resolve("loop/backing_file");
        if (Files.exists(backing)) {
          files.add(Files.readString(backing).strip());
        }
      }
    }
    files.removeIf(file -> !file.startsWith(directory.toString()));
    return files;
  }

  private static String claim(String name, String mode, String size, String further) {
    return """
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: %s}
        spec:
          accessModes: [%s]
          storageClassName: sized
          resources: {requests: {storage: %s}}
          %s
        """
        .formatted(name, mode, size, further);
  }

  private static String mounting(String pod, String claim) {
    return pod(pod, claim, PodText.mount("it", "/data"));
  }

  private static String pod(String pod, String claim, String container) {
    return PodText.of(
        pod,
        "containers: [%s]\nvolumes: [{name: it, persistentVolumeClaim: {claimName: %s}}]"
            .formatted(PodText.sleeper("main", container), claim));
  }

  private static void begun(Kubectl kubectl, String text, String pod) throws Exception {
    kubectl.applies(text);
    kubectl.awaits("Ready", "pod/" + pod);
  }

  private static long mebibytes(Kubectl kubectl, String pod) throws Exception {
    String blocks = kubectl.shell(pod, "main", "df -P -k /data | tail -n 1 | awk '{print $2}'");
    return Long.parseLong(blocks) / 1024;
  }

  private static Path data(String volume) {
    return directory.resolve("data/node/volumes").resolve(volume);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void endsAtItsSizeWhichDfShows(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(kubectl.does("get", "sc", "sized"))
        .containsPattern("sized +local.kuber.io +Delete +WaitForFirstConsumer +true");
    kubectl.applies(claim("disk", "ReadWriteOnce", "64Mi", ""));
    begun(kubectl, mounting("writer", "disk"), "writer");
    assertThat(mebibytes(kubectl, "writer")).isBetween(45L, 64L);
    assertThat(kubectl.shell("writer", "main", "df /data")).contains("/dev/loop");
    assertThat(
            kubectl.shell(
                "writer",
                "main",
                "dd if=/dev/zero of=/data/large bs=1M count=100 2>&1; echo row > /tmp/elsewhere"))
        .contains("No space left on device");
    kubectl.shell("writer", "main", "rm /data/large; echo row > /data/table");
    begun(kubectl, mounting("second", "disk"), "second");
    assertThat(kubectl.shell("second", "main", "cat /data/table")).isEqualTo("row");
    assertThat(attached()).hasSize(1);
    kubectl.does("delete", "pod", "writer");
    assertThat(kubectl.shell("second", "main", "echo more >> /data/table; cat /data/table"))
        .isEqualTo("row\nmore");
    String volume = kubectl.field("pvc/disk", "{.spec.volumeName}");
    assertThat(data(volume).resolve("disk")).hasSize(64 << 20);
    kubectl.does("delete", "pod/second", "pvc/disk");
    kubectl.until(String::isEmpty, "get", "pv", "--ignore-not-found", volume);
    assertThat(data(volume)).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void growsWhereTheKernelLetsItOrWithItsNextPod(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(claim("disk", "ReadWriteOnce", "32Mi", ""));
    begun(kubectl, mounting("first", "disk"), "first");
    kubectl.shell("first", "main", "echo row > /data/table");
    String larger = "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"128Mi\"}}}}";
    kubectl.does("patch", "pvc", "disk", "-p", larger);
    kubectl.awaitsField(
        "pvc/disk",
        RESIZED,
        text -> text.startsWith("128Mi  ") || text.contains("FileSystemResizePending"));
    kubectl.until(text -> text.contains("FileSystemResizeRequired"), "describe", "pvc", "disk");
    String volume = kubectl.field("pvc/disk", "{.spec.volumeName}");
    assertThat(kubectl.field("pv/" + volume, "{.spec.capacity.storage}")).isEqualTo("128Mi");
    kubectl.does("delete", "pod", "first");
    begun(kubectl, mounting("next", "disk"), "next");
    kubectl.awaitsField("pvc/disk", RESIZED, text -> text.startsWith("128Mi  "));
    assertThat(mebibytes(kubectl, "next")).isBetween(100L, 128L);
    assertThat(kubectl.shell("next", "main", "cat /data/table")).isEqualTo("row");
    assertThat(kubectl.does("get", "pvc", "disk")).containsPattern("Bound .* 128Mi +RWO +sized");
    assertThat(kubectl.failsWith("", "patch", "pvc", "disk", "-p", larger.replace("128Mi", "64Mi")))
        .contains("field can not be less than");
    kubectl.does("delete", "pod/next", "pvc/disk");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void givesBlockDevices(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(claim("raw", "ReadWriteOnce", "16Mi", "volumeMode: Block"));
    String devices = ", volumeDevices: [{name: it, devicePath: /dev/xvda}]";
    begun(kubectl, pod("first", "raw", devices), "first");
    assertThat(kubectl.shell("first", "main", "test -b /dev/xvda && echo block"))
        .isEqualTo("block");
    kubectl.shell(
        "first", "main", "echo row | dd of=/dev/xvda bs=512 seek=7 conv=sync 2> /dev/null");
    assertThat(kubectl.does("get", "pvc", "raw", "-o", "wide")).contains("Block");
    assertThat(kubectl.shell("first", "main", "wc -c < /dev/xvda")).isEqualTo("" + (16 << 20));
    String larger = "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"24Mi\"}}}}";
    kubectl.does("patch", "pvc", "raw", "-p", larger);
    kubectl.awaitsField("pvc/raw", RESIZED, text -> text.startsWith("24Mi  "));
    assertThat(kubectl.shell("first", "main", "wc -c < /dev/xvda")).isEqualTo("" + (24 << 20));
    kubectl.does("delete", "pod", "first");
    begun(kubectl, pod("next", "raw", devices), "next");
    assertThat(
            kubectl.shell(
                "next", "main", "dd if=/dev/xvda bs=512 skip=7 count=1 2> /dev/null | head -c 3"))
        .isEqualTo("row");
    kubectl.applies(mounting("wrong", "raw"));
    kubectl.until(
        text -> text.contains("has volumeMode Block, but is specified in volumeMounts"),
        "describe",
        "pod",
        "wrong");
    kubectl.does("delete", "pods", "--all");
    kubectl.does("delete", "pvc", "raw");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void keepsASecondPodFromAClaimOfOnePod(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.applies(claim("alone", "ReadWriteOncePod", "16Mi", ""));
    begun(kubectl, mounting("first", "alone"), "first");
    assertThat(kubectl.field("pvc/alone", "{.status.accessModes[0]}"))
        .isEqualTo("ReadWriteOncePod");
    kubectl.applies(mounting("second", "alone"));
    kubectl.until(
        text ->
            text.contains(
                "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod"
                    + " access mode"),
        "describe",
        "pod",
        "second");
    assertThat(kubectl.field("pod/second", "{.status.phase}")).isEqualTo("Pending");
    kubectl.does("delete", "pod", "first");
    kubectl.awaits("Ready", "pod/second");
    kubectl.does("delete", "pod/second", "pvc/alone");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void keepsTheDiskWhereTheClassSays(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String retain = "retain-" + kubectl.namespace();
    kubectl.applies(
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: %s}
        provisioner: local.kuber.io
        parameters: {sized: "true"}
        reclaimPolicy: Retain
        """
            .formatted(retain));
    kubectl.applies(claim("disk", "ReadWriteOnce", "16Mi", "").replace("sized", retain));
    begun(kubectl, mounting("writer", "disk"), "writer");
    String volume = kubectl.field("pvc/disk", "{.spec.volumeName}");
    kubectl.does("delete", "pod/writer", "pvc/disk");
    kubectl.until(row -> row.contains("Released"), "get", "pv", volume);
    kubectl.does("delete", "pv", volume);
    assertThat(data(volume).resolve("disk")).hasSize(16 << 20);
    kubectl.does("delete", "sc", retain);
  }
}
