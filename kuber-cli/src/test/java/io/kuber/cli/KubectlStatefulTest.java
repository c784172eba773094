package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.cluster.SimulatedHalf;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the books show of StatefulSets, typed into kubectl. */
final class KubectlStatefulTest {
  private static final Workload DB = Workload.of("StatefulSet", "db").with("serviceName: db");

  private static final String HEADLESS =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: db}
      spec: {clusterIP: None, selector: {app: db}}
      """;

  private static final String CLAIMS =
      "volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce],"
          + " resources: {requests: {storage: 1Gi}}}}]";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new SimulatedHalf(2));

  /** The names of pods with an event of a type, in order. */
  private static List<String> names(String events, String type) {
    return events
        .lines()
        .filter(line -> line.startsWith(type))
        .map(line -> line.split(" +")[1])
        .toList();
  }

  /** The number of the first line that is of this form. */
  private static int lineOf(String events, String form) {
    return events.lines().map(line -> line.matches(form)).toList().indexOf(true);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void startsInOrderAndStopsInReverse(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    try (Kubectl.Running watch = kubectl.begins("get", "pods", "-w", "--output-watch-events")) {
      DB.with("replicas: 3").runs(kubectl);
      String start = watch.until(events -> lineOf(events, "ADDED +db-2 .*") > 0);
      assertThat(names(start, "ADDED")).containsExactly("db-0", "db-1", "db-2");
      assertThat(lineOf(start, "MODIFIED +db-0 +1/1 .*"))
          .isPositive()
          .isLessThan(lineOf(start, "ADDED +db-1 .*"));
      kubectl.does("set", "image", "sts/db", "c=kuber.io/kuard:2");
      Workload.rolled(kubectl, "sts/db");
      kubectl.does("scale", "sts/db", "--replicas=0");
      kubectl.until(String::isEmpty, "get", "pods", "-o", "name");
      String all = watch.until(events -> names(events, "DELETED").size() == 6);
      assertThat(names(all, "DELETED"))
          .containsExactly("db-2", "db-1", "db-0", "db-2", "db-1", "db-0");
    }
    assertThat(kubectl.does("get", "sts/db")).containsPattern("db +0/0 ");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void givesEachPodItsName(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    DB.with("replicas: 2").runs(kubectl);
    kubectl.doesWith(HEADLESS, "apply", "-f", "-");
    String identity =
        "jsonpath={.spec.hostname} {.spec.subdomain}"
            + " {.metadata.labels.statefulset\\.kubernetes\\.io/pod-name}"
            + " {.metadata.labels.apps\\.kubernetes\\.io/pod-index}";
    assertThat(kubectl.does("get", "pod", "db-1", "-o", identity)).isEqualTo("db-1 db db-1 1");
    kubectl.until(
        names -> names.contains("db-0") && names.contains("db-1"),
        "get",
        "endpoints",
        "db",
        "-o",
        "jsonpath={.subsets[*].addresses[*].hostname}");
    String first =
        HEADLESS
            .replace("name: db", "name: first")
            .replace("app: db}", "statefulset.kubernetes.io/pod-name: db-0}, ports: [{port: 80}]");
    kubectl.doesWith(first, "apply", "-f", "-");
    kubectl.until(
        "db-0"::equals,
        "get",
        "endpoints",
        "first",
        "-o",
        "jsonpath={.subsets[*].addresses[*].targetRef.name}");
    String uid = kubectl.does("get", "pod", "db-0", "-o", "jsonpath={.metadata.uid}");
    kubectl.does("delete", "pod", "db-0");
    Workload.rolled(kubectl, "sts/db");
    kubectl.awaits("Ready", "pod/db-0");
    assertThat(kubectl.does("get", "pod", "db-0", "-o", "jsonpath={.metadata.uid}"))
        .isNotEqualTo(uid);
  }

  /** Nobody makes volumes here, so the pods wait, but they wait for the right claims. */
  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void keepsClaimsWhenPodsGo(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    Workload db = DB.with("replicas: 2", "podManagementPolicy: Parallel", CLAIMS);
    String claims = "persistentvolumeclaim/data-db-0\npersistentvolumeclaim/data-db-1\n";
    String volumes = "jsonpath={.spec.volumes[0].persistentVolumeClaim.claimName}";
    kubectl.doesWith(db.yaml(), "apply", "-f", "-");
    kubectl.until(claims::equals, "get", "pvc", "-o", "name");
    kubectl.until("data-db-1"::equals, "get", "pod", "db-1", "-o", volumes);
    String uids = kubectl.does("get", "pvc", "-o", "jsonpath={.items[*].metadata.uid}");
    kubectl.does("scale", "sts/db", "--replicas=1");
    kubectl.until("pod/db-0\n"::equals, "get", "pods", "-o", "name");
    kubectl.does("delete", "sts", "db");
    kubectl.until(String::isEmpty, "get", "pods", "-o", "name");
    assertThat(kubectl.does("get", "pvc", "-o", "name")).isEqualTo(claims);
    kubectl.doesWith(db.yaml(), "apply", "-f", "-");
    kubectl.until("data-db-1"::equals, "get", "pod", "db-1", "-o", volumes);
    assertThat(kubectl.does("get", "pvc", "-o", "jsonpath={.items[*].metadata.uid}"))
        .isEqualTo(uids);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void updatesAsFarAsItsPartitionSays(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    DB.with("replicas: 3", "updateStrategy: {rollingUpdate: {partition: 2}}").runs(kubectl);
    String images = "jsonpath={.items[*].spec.containers[0].image}";
    kubectl.does("set", "image", "sts/db", "c=kuber.io/kuard:2");
    kubectl.until(
        "kuber.io/kuard:1 kuber.io/kuard:1 kuber.io/kuard:2"::equals, "get", "pods", "-o", images);
    assertThat(kubectl.does("rollout", "status", "sts/db", "--timeout=60s"))
        .contains("partitioned roll out complete: 1 new pods have been updated");
    kubectl.does(
        "patch", "sts/db", "-p", "{\"spec\":{\"updateStrategy\":{\"rollingUpdate\":null}}}");
    kubectl.until(
        "kuber.io/kuard:2 kuber.io/kuard:2 kuber.io/kuard:2"::equals, "get", "pods", "-o", images);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void updatesOnDeletionInTheVersionsOfThen(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(DB.yaml("apps/v1beta1"), "apply", "-f", "-");
    kubectl.awaits("Ready", "pod/db-0");
    String image = "jsonpath={.spec.containers[0].image}";
    kubectl.does("set", "image", "sts/db", "c=kuber.io/kuard:2");
    kubectl.until("2"::equals, "get", "sts/db", "-o", "jsonpath={.status.observedGeneration}");
    assertThat(kubectl.does("get", "pod", "db-0", "-o", image)).isEqualTo("kuber.io/kuard:1");
    kubectl.does("delete", "pod", "db-0");
    kubectl.until("kuber.io/kuard:2"::equals, "get", "pod", "db-0", "-o", image);
  }
}
