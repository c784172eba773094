package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.cluster.SimulatedHalf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What becomes of workloads when a node loses its power and comes back, or is taken out of the
 * cluster for good. A node counts as lost after fifty seconds only, so all programs look at the
 * same loss.
 */
@Execution(ExecutionMode.CONCURRENT)
final class KubectlNodeLossTest {
  private static final String LOST = "node-1";
  private static final String REMOVED = "node-2";
  private static final String NODES = "jsonpath={.items[*].spec.nodeName}";

  /** Pods that leave a node as soon as it is known to be lost, and not after five minutes. */
  private static final String AT_ONCE =
      "tolerations: [{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute,"
          + " tolerationSeconds: 0}]";

  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: job}
      spec:
        parallelism: 4
        template:
          metadata: {labels: {app: job}, annotations: {kuber.io/complete-after: 1h}}
          spec:
            restartPolicy: Never
            %s
            containers: [{name: c, image: kuber.io/kuard:1}]
      """;

  private static final SimulatedHalf HALF = new SimulatedHalf(3);

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = new KubectlCluster(() -> directory, "unused", HALF);

  private static void ready(Kubectl kubectl, String app, int pods) throws Exception {
    kubectl.until(
        ready -> ready.split("True", -1).length == pods + 1,
        "get",
        "pods",
        "-l",
        "app=" + app,
        "-o",
        "jsonpath={.items[*].status.conditions[?(@.type==\"Ready\")].status}");
  }

  private static void starts(Kubectl kubectl) throws Exception {
    Workload.of("ReplicaSet", "web").with("replicas: 4").ofPods(AT_ONCE).runs(kubectl);
    Workload.of("StatefulSet", "db")
        .with("replicas: 3", "serviceName: db", "podManagementPolicy: Parallel")
        .ofPods(AT_ONCE)
        .runs(kubectl);
    Workload.of("DaemonSet", "log").runs(kubectl);
    kubectl.doesWith(JOB.formatted(AT_ONCE), "apply", "-f", "-");
    ready(kubectl, "job", 4);
    kubectl.does("expose", "rs", "web", "--port=80");
  }

  /** Replicas run elsewhere; what has an identity waits, since the lost one may still run. */
  private static void runsElsewhere(Kubectl kubectl) throws Exception {
    kubectl.until(node -> node.contains(" NotReady "), "get", "node", LOST, "--no-headers");
    ready(kubectl, "web", 4);
    ready(kubectl, "job", 4);
    assertThat(kubectl.does("get", "pods", "-l", "app=web", "-o", "wide").lines())
        .filteredOn(row -> row.contains(LOST))
        .allMatch(row -> row.contains("Terminating"));
    assertThat(kubectl.does("get", "sts", "db", "-o", "jsonpath={.status.readyReplicas}"))
        .isEqualTo("2");
    assertThat(kubectl.does("get", "pods", "-l", "app=log", "-o", NODES)).contains(LOST);
    assertThat(kubectl.does("describe", "node", LOST))
        .contains("node.kubernetes.io/unreachable:NoExecute")
        .containsPattern("Ready +Unknown .*NodeStatusUnknown +Kubelet stopped posting node status");
    assertThat(kubectl.does("get", "events", "-A", "--field-selector=reason=NodeNotReady"))
        .contains("Node " + LOST + " status is now: NodeNotReady");
  }

  /** Nothing is left that is too much. */
  private static void isWhole(Kubectl kubectl) throws Exception {
    kubectl.until(pods -> pods.lines().count() == 4, "get", "pods", "-l", "app=web", "-o", "name");
    kubectl.until(pods -> pods.lines().count() == 4, "get", "pods", "-l", "app=job", "-o", "name");
    kubectl.until("3"::equals, "get", "sts", "db", "-o", "jsonpath={.status.readyReplicas}");
    kubectl.until("3"::equals, "get", "ds", "log", "-o", "jsonpath={.status.numberReady}");
  }

  /** The Service forgets pods of a node that is gone at once, and later they are gone as well. */
  private static void forgetsNode(Kubectl kubectl) throws Exception {
    kubectl.until(
        nodes -> !nodes.isEmpty() && !nodes.contains(REMOVED),
        "get",
        "endpointslices",
        "-l",
        "kubernetes.io/service-name=web",
        "-o",
        "jsonpath={.items[*].endpoints[*].nodeName}");
    kubectl.until(nodes -> !nodes.contains(REMOVED), "get", "pods", "-o", NODES);
    ready(kubectl, "web", 4);
    assertThat(kubectl.does("get", "ds", "log")).containsPattern("log +2 +2 +2 +2 +2 ");
  }

  @Test
  void keepsWorkloadsGoing() throws Exception {
    List<Kubectl> all = new ArrayList<>();
    for (Path program : KubectlCluster.programs().toList()) {
      all.add(CLUSTER.in(program));
    }
    for (Kubectl kubectl : all) {
      starts(kubectl);
    }
    HALF.nodes().silence(LOST);
    for (Kubectl kubectl : all) {
      runsElsewhere(kubectl);
    }
    HALF.nodes().revive(LOST);
    for (Kubectl kubectl : all) {
      isWhole(kubectl);
    }
    Kubectl any = all.get(0);
    String node =
        any.does("get", "node", REMOVED, "-o", "yaml")
            .replaceAll("(?m)^  (resourceVersion|uid): .*\n", "");
    any.does("delete", "node", REMOVED);
    for (Kubectl kubectl : all) {
      forgetsNode(kubectl);
    }
    any.doesWith(node, "create", "-f", "-");
    for (Kubectl kubectl : all) {
      isWhole(kubectl);
      assertThat(kubectl.does("get", "pods", "-l", "app=log", "-o", NODES)).contains(REMOVED);
    }
  }
}
