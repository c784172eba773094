package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The books' stories of volumes that outlive pods, typed into kubectl. */
final class KubectlClaimsTest {
  private static final String AFFINITY =
      "{.spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values[0]}";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = KubectlCluster.apart(() -> directory, "claims-test");

  @RegisterExtension
  static final KubectlCluster THREE = KubectlCluster.ofNodes(() -> directory.resolve("three"), 3);

  private static String volume(String name, Path path) {
    return """
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: %1$s, labels: {volume: %1$s}}
        spec:
          accessModes: [ ReadWriteMany, ReadWriteOnce ]
          capacity: {storage: 1Gi}
          hostPath: {path: %2$s}
        """
        .formatted(name, path);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void bindsClaimToVolumeThatOutlivesPods(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String name = "database-" + kubectl.namespace();
    Path disk = Files.createDirectory(kubectl.directory().resolve("disk"));
    String claim =
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: database}
        spec:
          accessModes: [ReadWriteMany]
          resources: {requests: {storage: 1Gi}}
          selector: {matchLabels: {volume: %s}}
        """
            .formatted(name);
    String pod =
        PodText.of(
            "mysql",
            "containers: [%s]\nvolumes: [{name: it, persistentVolumeClaim: {claimName: database}}]"
                .formatted(PodText.sleeper("main", PodText.mount("it", "/var/lib/mysql"))));
    kubectl.applies(pod);
    kubectl.until(
        text -> text.contains("persistentvolumeclaim \"database\" not found"),
        "describe",
        "pod",
        "mysql");
    kubectl.applies(claim);
    kubectl.until(
        text -> text.contains("no persistent volumes available for this claim"),
        "describe",
        "pvc",
        "database");
    assertThat(kubectl.does("get", "pvc", "database")).containsPattern("database +Pending ");
    kubectl.until(
        text -> text.contains("unbound immediate PersistentVolumeClaims"),
        "describe",
        "pod",
        "mysql");
    kubectl.applies(volume(name, disk));
    kubectl.awaits("Ready", "pod/mysql");
    assertThat(kubectl.does("get", "pvc", "database"))
        .containsPattern("database +Bound +" + name + " +1Gi +RWX,RWO|RWO,RWX");
    assertThat(kubectl.does("get", "pv", name))
        .containsPattern("Retain +Bound +" + kubectl.namespace() + "/database");
    kubectl.shell("mysql", "main", "echo row > /var/lib/mysql/table");
    kubectl.does("delete", "pod", "mysql");
    kubectl.applies(pod);
    kubectl.awaits("Ready", "pod/mysql");
    assertThat(kubectl.shell("mysql", "main", "cat /var/lib/mysql/table")).isEqualTo("row");
    kubectl.does("delete", "pod/mysql", "pvc/database");
    kubectl.until(row -> row.contains("Released"), "get", "pv", name);
    assertThat(disk.resolve("table")).hasContent("row\n");
    kubectl.does("delete", "pv", name);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void givesPodsOfStatefulSetTheirClaimsAgain(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    for (int i = 0; i < 2; i++) {
      Path disk = Files.createDirectory(kubectl.directory().resolve("disk" + i));
      kubectl.applies(volume("mongo-" + i + "-" + kubectl.namespace(), disk));
    }
    kubectl.applies(
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: mongo}
        spec:
          serviceName: mongo
          replicas: 2
          selector: {matchLabels: {app: mongo}}
          template:
            metadata: {labels: {app: mongo}}
            spec:
              terminationGracePeriodSeconds: 0
              containers: [%s]
          volumeClaimTemplates:
          - metadata: {name: database}
            spec:
              storageClassName: ""
              accessModes: [ReadWriteOnce]
              resources: {requests: {storage: 100Mi}}
        """
            .formatted(PodText.sleeper("mongodb", PodText.mount("database", "/data/db"))));
    Workload.rolled(kubectl, "statefulset/mongo");
    assertThat(kubectl.does("get", "pvc", "--no-headers"))
        .containsPattern("database-mongo-0 +Bound ")
        .containsPattern("database-mongo-1 +Bound ");
    kubectl.shell("mongo-0", "mongodb", "hostname > /data/db/written");
    String uid = kubectl.field("pod/mongo-0", "{.metadata.uid}");
    kubectl.does("delete", "pod", "mongo-0");
    kubectl.awaitsField(
        "pod/mongo-0", "{.metadata.uid}", now -> !now.isEmpty() && !now.equals(uid));
    kubectl.awaits("Ready", "pod/mongo-0");
    assertThat(kubectl.shell("mongo-0", "mongodb", "cat /data/db/written; hostname"))
        .isEqualTo("mongo-0\nmongo-0");
    kubectl.does("delete", "statefulset", "mongo");
    kubectl.does("delete", "pvc", "--all");
  }

  private static String claim(String name, String metadata, String spec) {
    return """
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: %s%s}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 0.5Gi}}%s}
        """
        .formatted(name, metadata, spec);
  }

  private static String mounting(String pod, String claim) {
    return PodText.of(
        pod,
        "containers: [%s]\nvolumes: [{name: it, persistentVolumeClaim: {claimName: %s}}]"
            .formatted(PodText.sleeper("main", PodText.mount("it", "/data")), claim));
  }

  private static Path data(String volume) {
    return directory.resolve("data/node/volumes").resolve(volume);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void makesVolumesForClaimsWithoutClass(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(kubectl.does("get", "sc"))
        .containsPattern("standard \\(default\\) +local.kuber.io +Delete +Immediate +true")
        .containsPattern("local +local.kuber.io +Delete +WaitForFirstConsumer +true");
    kubectl.applies(claim("disk", "", ""));
    kubectl.until(row -> row.contains("Bound"), "get", "pvc", "disk");
    String volume = kubectl.field("pvc/disk", "{.spec.volumeName}");
    assertThat(volume).isEqualTo("pvc-" + kubectl.field("pvc/disk", "{.metadata.uid}"));
    assertThat(kubectl.does("get", "pvc", "disk"))
        .containsPattern("disk +Bound +" + volume + " +512Mi +RWO +standard");
    assertThat(kubectl.does("get", "pv", volume))
        .containsPattern("512Mi +RWO +Delete +Bound +" + kubectl.namespace() + "/disk +standard");
    assertThat(kubectl.does("describe", "pvc", "disk"))
        .contains("ProvisioningSucceeded", "kubernetes.io/pvc-protection");
    kubectl.applies(mounting("writer", "disk"));
    kubectl.awaits("Ready", "pod/writer");
    kubectl.shell("writer", "main", "echo row > /data/table; ln -s /etc /data/out");
    kubectl.does("delete", "pod", "writer");
    kubectl.applies(mounting("reader", "disk"));
    kubectl.awaits("Ready", "pod/reader");
    assertThat(kubectl.shell("reader", "main", "cat /data/table")).isEqualTo("row");
    assertThat(data(volume).resolve("table")).hasContent("row\n");
    kubectl.does("delete", "pvc", "disk", "--wait=false");
    assertThat(kubectl.does("get", "pvc", "disk")).contains("Terminating");
    assertThat(kubectl.shell("reader", "main", "cat /data/table")).isEqualTo("row");
    kubectl.does("delete", "pod", "reader");
    kubectl.until(String::isEmpty, "get", "pvc", "--ignore-not-found", "disk");
    kubectl.until(String::isEmpty, "get", "pv", "--ignore-not-found", volume);
    assertThat(data(volume)).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void keepsDataAndGrowsAsTheClassSays(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String retain = "retain-" + kubectl.namespace();
    kubectl.applies(
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: %s}
        provisioner: local.kuber.io
        reclaimPolicy: Retain
        volumeBindingMode: WaitForFirstConsumer
        allowVolumeExpansion: true
        """
            .formatted(retain));
    kubectl.applies(claim("disk", "", ", storageClassName: " + retain));
    kubectl.until(text -> text.contains("WaitForFirstConsumer"), "describe", "pvc", "disk");
    kubectl.applies(mounting("writer", "disk"));
    kubectl.awaits("Ready", "pod/writer");
    String volume = kubectl.field("pvc/disk", "{.spec.volumeName}");
    kubectl.shell("writer", "main", "echo row > /data/table");
    String larger = "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"20Gi\"}}}}";
    kubectl.does("patch", "pvc", "disk", "-p", larger);
    kubectl.awaitsField("pvc/disk", "{.status.capacity.storage}", "20Gi"::equals);
    assertThat(kubectl.failsWith("", "patch", "pvc", "disk", "-p", larger.replace("20Gi", "1Gi")))
        .contains("field can not be less than");
    kubectl.does("delete", "pod/writer", "pvc/disk");
    kubectl.until(row -> row.contains("Released"), "get", "pv", volume);
    kubectl.does("delete", "pv", volume);
    assertThat(data(volume).resolve("table")).hasContent("row\n");
    kubectl.does("delete", "sc", retain);
  }

  private static Path data(String node, String volume) {
    return directory.resolve("three/data").resolve(node).resolve("node/volumes").resolve(volume);
  }

  private static String on(String node, String pod, String claim) {
    return mounting(pod, claim) + "  nodeSelector: {kubernetes.io/hostname: " + node + "}\n";
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void makesVolumesWhereTheirFirstPodsAre(Path program) throws Exception {
    Kubectl kubectl = THREE.in(program);
    List<String> nodes = List.of("node-3", "node-2");
    for (String node : nodes) {
      kubectl.applies(claim("of-" + node, "", ", storageClassName: local"));
    }
    for (String node : nodes) {
      kubectl.until(text -> text.contains("WaitForFirstConsumer"), "describe", "pvc", "of-" + node);
    }
    assertThat(kubectl.does("get", "pvc", "--no-headers", "-o", "custom-columns=A:.status.phase"))
        .isEqualTo("Pending\nPending\n");
    for (String node : nodes) {
      kubectl.applies(on(node, "first-" + node, "of-" + node));
      kubectl.awaits("Ready", "pod/first-" + node);
      kubectl.shell("first-" + node, "main", "echo " + node + " > /data/table");
      String volume = kubectl.field("pvc/of-" + node, "{.spec.volumeName}");
      assertThat(kubectl.field("pv/" + volume, AFFINITY)).isEqualTo(node);
      assertThat(kubectl.field("pvc/of-" + node, "{.metadata.annotations}"))
          .contains("\"volume.kubernetes.io/selected-node\":\"" + node + "\"");
      for (String each : List.of("node-1", "node-2", "node-3")) {
        assertThat(Files.exists(data(each, volume))).as(each).isEqualTo(each.equals(node));
      }
      assertThat(data(node, volume).resolve("table")).hasContent(node + "\n");
    }
    kubectl.does("delete", "pods", "--all");
    for (String node : nodes) {
      kubectl.applies(mounting("next-" + node, "of-" + node));
      kubectl.awaits("Ready", "pod/next-" + node);
      assertThat(kubectl.field("pod/next-" + node, "{.spec.nodeName}")).isEqualTo(node);
      assertThat(kubectl.shell("next-" + node, "main", "cat /data/table")).isEqualTo(node);
    }
    kubectl.applies(on("node-1", "apart", "of-node-3"));
    kubectl.until(
        text -> text.contains("didn't match PersistentVolume's node affinity"),
        "describe",
        "pod",
        "apart");
    assertThat(kubectl.field("pod/apart", "{.status.phase}")).isEqualTo("Pending");
    String volume = kubectl.field("pvc/of-node-3", "{.spec.volumeName}");
    kubectl.does("delete", "pods", "--all");
    kubectl.does("delete", "pvc", "--all");
    kubectl.until(String::isEmpty, "get", "pv", "--ignore-not-found", volume);
    assertThat(data("node-3", volume)).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void takesClassesOfBooksAndTheirAnnotations(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String books = "books-" + kubectl.namespace();
    kubectl.applies(
        """
        apiVersion: storage.k8s.io/v1beta1
        kind: StorageClass
        metadata: {name: %s}
        provisioner: kubernetes.io/azure-disk
        """
            .formatted(books));
    String annotation = ", annotations: {volume.beta.kubernetes.io/storage-class: %s}";
    kubectl.applies(claim("by-annotation", annotation.formatted(books), ""));
    kubectl.applies(
        claim("anything", ", annotations: {volume.alpha.kubernetes.io/storage-class: any}", ""));
    kubectl.applies(claim("nothing", "", ", storageClassName: none"));
    kubectl.until(
        rows -> rows.split(" Bound ", -1).length == 3, "get", "pvc", "by-annotation", "anything");
    assertThat(kubectl.does("get", "pvc", "by-annotation")).contains(books);
    assertThat(kubectl.does("get", "pvc", "anything")).contains("standard");
    kubectl.until(
        text -> text.contains("storageclass.storage.k8s.io \"none\" not found"),
        "describe",
        "pvc",
        "nothing");
    assertThat(
            kubectl.failsWith(
                "",
                "patch",
                "pvc",
                "by-annotation",
                "-p",
                "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"2Gi\"}}}}"))
        .contains("only dynamically provisioned pvc can be resized");
    kubectl.does("delete", "pvc", "--all");
    kubectl.does("delete", "sc", books);
  }
}
