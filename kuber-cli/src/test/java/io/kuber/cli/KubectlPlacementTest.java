package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.cluster.SimulatedHalf;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What kubectl programs show of who owns pods and of where they go, on simulated nodes. */
final class KubectlPlacementTest {
  private static final String WORKLOAD =
      """
      apiVersion: apps/v1
      kind: %s
      metadata: {name: %s}
      spec:
        %s
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            %s
            containers: [{name: c, image: kuber.io/kuard:1}]
      """;

  private static final String APART =
      "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey:"
          + " kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}";

  private static final String NODES = "jsonpath={.items[*].spec.nodeName}";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new SimulatedHalf(3));

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void adoptsThePodsThatAnOwnerLeft(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String set = WORKLOAD.formatted("ReplicaSet", "web", "replicas: 2", "");
    kubectl.doesWith(set, "apply", "-f", "-");
    kubectl.until("2"::equals, "get", "rs/web", "-o", "jsonpath={.status.readyReplicas}");
    String pods = kubectl.does("get", "pods", "-o", "name");
    kubectl.does("delete", "rs/web", "--cascade=orphan");
    assertThat(kubectl.does("get", "pods", "-o", "name")).isEqualTo(pods);
    kubectl.doesWith(set, "apply", "-f", "-");
    kubectl.until("2"::equals, "get", "rs/web", "-o", "jsonpath={.status.readyReplicas}");
    assertThat(kubectl.does("get", "pods", "-o", "name")).isEqualTo(pods);
    kubectl.does("scale", "rs/web", "--replicas=1");
    kubectl.until(names -> names.lines().count() == 1, "get", "pods", "-o", "name");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void undoesTheScaleOfReplicaSetThatIsOwned(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(
        WORKLOAD.formatted("Deployment", "web", "replicas: 2", ""), "apply", "-f", "-");
    kubectl.does("rollout", "status", "deploy/web", "--timeout=60s");
    String set = kubectl.does("get", "rs", "-o", "name").strip();
    kubectl.does("scale", set, "--replicas=1");
    kubectl.until("2"::equals, "get", set, "-o", "jsonpath={.spec.replicas}");
    kubectl.until("2"::equals, "get", set, "-o", "jsonpath={.status.readyReplicas}");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void followsTheLabelsOfNodes(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String set = WORKLOAD.formatted("DaemonSet", "web", "", "nodeSelector: {ssd: 'true'}");
    kubectl.doesWith(set, "apply", "-f", "-");
    try {
      kubectl.does("label", "node", "node-1", "ssd=true");
      kubectl.until("node-1"::equals, "get", "pods", "-o", NODES);
    } finally {
      kubectl.does("label", "node", "node-1", "ssd-");
    }
    kubectl.until(String::isEmpty, "get", "pods", "-o", NODES);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void keepsReplicasApartAndSaysWhyOneWaits(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(
        WORKLOAD.formatted("Deployment", "web", "replicas: 4", APART), "apply", "-f", "-");
    kubectl.until("3"::equals, "get", "deploy/web", "-o", "jsonpath={.status.readyReplicas}");
    assertThat(kubectl.does("get", "pods", "-o", NODES).split(" "))
        .containsExactlyInAnyOrder("node-0", "node-1", "node-2");
    kubectl.until(
        events ->
            events.contains(
                "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules."),
        "get",
        "events",
        "--field-selector=reason=FailedScheduling");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void movesPodsFromNodeWhoseTaintTheyDoNotTolerate(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(
        WORKLOAD.formatted("Deployment", "web", "replicas: 3", ""), "apply", "-f", "-");
    kubectl.does("rollout", "status", "deploy/web", "--timeout=60s");
    String node = kubectl.does("get", "pods", "-o", "jsonpath={.items[0].spec.nodeName}");
    try {
      kubectl.does("taint", "nodes", node, "broken=yes:NoExecute");
      kubectl.until(nodes -> !nodes.contains(node), "get", "pods", "-o", NODES);
      kubectl.does("rollout", "status", "deploy/web", "--timeout=60s");
      kubectl.until(
          events -> events.contains("TaintManagerEviction"), "get", "events", "-o", "wide");
    } finally {
      kubectl.does("taint", "nodes", node, "broken-");
    }
  }
}
