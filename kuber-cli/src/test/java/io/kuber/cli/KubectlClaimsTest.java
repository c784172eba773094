package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The books' stories of volumes that outlive pods, typed into kubectl. */
final class KubectlClaimsTest {
  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = KubectlCluster.apart(() -> directory, "claims-test");

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
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 100Mi}}}
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
}
