package io.kuber.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.scheduler.plugin.NodeState;
import io.kuber.scheduler.plugin.PodDemand;
import io.kuber.store.Key;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlacementTest {
  private static KubeObject yaml(String text) {
    return KubeObject.of(Yaml.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static NodeState node(String name, String spec) {
    return new NodeState(
        yaml(
            """
            metadata: {name: %1$s, labels: {disk: ssd, kubernetes.io/hostname: %1$s}}
            spec: %2$s
            status: {allocatable: {cpu: '2', memory: 4Gi, pods: '3', example.com/gpu: '1'}}
            """
                .formatted(name, spec)));
  }

  private static PodDemand pod(String spec) {
    return PodDemand.of(yaml("metadata: {name: p, namespace: default}\nspec: " + spec));
  }

  private static String asking(String amounts) {
    return "{containers: [{name: c, resources: {requests: " + amounts + "}}]}";
  }

  private static Placement placement() {
    return new Placement(
        DefaultProfile.FILTERS,
        DefaultProfile.SCORES,
        new SimulatedLoops(1, Instant.EPOCH).entropy());
  }

  private static String decide(PodDemand pod, NodeState... nodes) {
    Placement.Decision decision = placement().decide(pod, List.of(nodes));
    return decision instanceof Placement.Decision.Place place
        ? place.node().name()
        : ((Placement.Decision.Nowhere) decision).message();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                        | {}                      | one
          {containers: [{resources: {requests: {cpu: 3}}}]} | {}              | 1 Insufficient cpu
          {containers: [{resources: {requests: {cpu: 3, memory: 8Gi}}}]} | {} | 1 Insufficient cpu, 1 Insufficient memory
          {containers: [{resources: {requests: {example.com/gpu: 2}}}]} | {}  | 1 Insufficient example.com/gpu
          {}                                        | {unschedulable: true}   | 1 node(s) were unschedulable
          {}   | {taints: [{key: k, value: v, effect: NoSchedule}]} | 1 node(s) had untolerated taint {k: v}
          {tolerations: [{key: k, operator: Exists}]} | {taints: [{key: k, value: v, effect: NoSchedule}]} | one
          {nodeSelector: {disk: hdd}}               | {}     | 1 node(s) didn't match Pod's node affinity/selector
          {nodeSelector: {disk: ssd}}               | {}     | one
          {topologySpreadConstraints: [{whenUnsatisfiable: DoNotSchedule}]} | {} | 1 node(s) not considered: topology spread constraints is not supported yet
          """)
  void saysWhereThePodGoesOrWhyNowhere(String pod, String node, String expected) {
    String decided = decide(pod(pod), node("one", node));
    assertThat(decided)
        .isEqualTo(expected.equals("one") ? "one" : "0/1 nodes are available: " + expected + ".");
  }

  @Test
  void countsReasonsOverAllNodes() {
    assertThat(
            decide(
                pod(asking("{cpu: 3}")),
                node("a", "{}"),
                node("b", "{unschedulable: true}"),
                node("c", "{unschedulable: true}")))
        .isEqualTo("0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.");
  }

  @Test
  void saysThatThereAreNoNodes() {
    assertThat(decide(pod("{}"))).isEqualTo("no nodes available to schedule pods");
  }

  @Test
  void prefersTheEmptierNode() {
    NodeState full = node("full", "{}");
    full.add(new Key("pods", "default", "x"), pod(asking("{cpu: 1, memory: 2Gi}")));
    assertThat(decide(pod(asking("{cpu: 100m}")), full, node("empty", "{}"))).isEqualTo("empty");
  }

  @Test
  void givesPortOfNodeOnce() {
    PodDemand web = pod("{containers: [{ports: [{containerPort: 80, hostPort: 80}]}]}");
    NodeState node = node("one", "{}");
    node.add(new Key("pods", "default", "x"), web);
    assertThat(decide(web, node))
        .contains("node(s) didn't have free ports for the requested pod ports");
  }

  @Test
  void givesBackWhatPodLeaves() {
    NodeState node = node("one", "{}");
    Key key = new Key("pods", "default", "x");
    node.add(key, pod(asking("{cpu: 2}")));
    assertThat(decide(pod(asking("{cpu: 1}")), node)).contains("Insufficient cpu");
    node.remove(key);
    assertThat(decide(pod(asking("{cpu: 1}")), node)).isEqualTo("one");
  }

  @Test
  void followsRequiredNodeAffinity() {
    String affinity =
        """
        {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:
          {nodeSelectorTerms: [{matchExpressions:
            [{key: kubernetes.io/hostname, operator: NotIn, values: [a]}]}]}}}}
        """;
    assertThat(decide(pod(affinity), node("a", "{}"), node("b", "{}"))).isEqualTo("b");
  }
}
