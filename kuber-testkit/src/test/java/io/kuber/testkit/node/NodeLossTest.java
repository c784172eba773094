package io.kuber.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.testkit.history.Disturbance;
import io.kuber.testkit.time.VirtualCluster;
import io.kuber.testkit.time.VirtualOptions;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that falls silent and comes back, on virtual time. */
final class NodeLossTest {
  private final VirtualCluster cluster = VirtualCluster.start(VirtualOptions.of(6, 2));

  @BeforeEach
  void runPods() {
    cluster.create(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 4
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: some}]}
        """);
    cluster.settle();
    assertThat(podsOn("node-0")).isNotEmpty();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private List<KubeObject> podsOn(String node) {
    return cluster.list(Resources.PODS, "default").stream()
        .filter(pod -> Pods.nodeName(pod).equals(node))
        .toList();
  }

  private KubeObject node() {
    return cluster.get(Resources.NODES, "", "node-0");
  }

  private String ready() {
    return Condition.find(node().status(), "Ready").orElseThrow().status();
  }

  private List<String> taints() {
    return node().spec().items("taints").trees().stream()
        .map(taint -> taint.text("key") + ":" + taint.text("effect"))
        .toList();
  }

  @Test
  void losesItsPodsWhenItStaysAway() {
    cluster.nodes().silence("node-0");
    cluster.advance(Duration.ofSeconds(30));
    assertThat(ready()).isEqualTo("True");
    cluster.advance(Duration.ofSeconds(90));
    assertThat(ready()).isEqualTo("Unknown");
    assertThat(taints())
        .containsExactlyInAnyOrder(
            "node.kubernetes.io/unreachable:NoSchedule",
            "node.kubernetes.io/unreachable:NoExecute");
    assertThat(podsOn("node-0")).isNotEmpty().noneMatch(KubeObject::isBeingDeleted);
    assertThat(podsOn("node-0")).noneMatch(Pods::isReady);
    cluster.advance(Duration.ofMinutes(6));
    assertThat(podsOn("node-0")).isNotEmpty().allMatch(KubeObject::isBeingDeleted);
    assertThat(podsOn("node-1")).hasSize(4).allMatch(Pods::isReady);
    cluster.nodes().revive("node-0");
    cluster.settle();
    assertThat(ready()).isEqualTo("True");
    assertThat(taints()).isEmpty();
    assertThat(podsOn("node-0")).isEmpty();
  }

  @Test
  void keepsItsPodsWhenItIsBackInTime() {
    List<String> before = podsOn("node-0").stream().map(KubeObject::uid).toList();
    cluster.nodes().silence("node-0");
    cluster.advance(Duration.ofMinutes(3));
    assertThat(podsOn("node-0")).noneMatch(Pods::isReady);
    cluster.nodes().revive("node-0");
    cluster.settle();
    assertThat(podsOn("node-0")).extracting(KubeObject::uid).isEqualTo(before);
    assertThat(podsOn("node-0")).allMatch(Pods::isReady);
    cluster.advance(Duration.ofMinutes(10));
    assertThat(podsOn("node-0")).extracting(KubeObject::uid).isEqualTo(before);
  }

  @Test
  void tellsOtherTimesWhenItsClockIsWrong() {
    cluster.nodes().skew("node-0", Duration.ofSeconds(-20));
    cluster.advance(Duration.ofSeconds(30));
    KubeObject lease = cluster.get(Resources.LEASES, "kube-node-lease", "node-0");
    Instant renewed = Instant.parse(lease.spec().text("renewTime"));
    assertThat(Duration.between(renewed, cluster.now()))
        .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(31));
    assertThat(ready()).isEqualTo("True");
  }

  /**
   * A clock that was set back looks like silence to those who wait for a newer time, as upstream,
   * until the node has repeated its whole status, which it does within five minutes.
   */
  @ParameterizedTest(name = "a clock that is {0} min ahead")
  @ValueSource(ints = {-10, 10})
  void isJudgedByTheTimesAtWhichItIsHeardOf(int minutes) {
    List<String> before = podsOn("node-0").stream().map(KubeObject::uid).toList();
    cluster.advance(Duration.ofMinutes(20));
    cluster.nodes().skew("node-0", Duration.ofMinutes(minutes));
    cluster.advance(Duration.ofMinutes(5));
    long mark = cluster.history().mark();
    cluster.advance(Duration.ofMinutes(30));
    assertThat(ready()).isEqualTo("True");
    assertThat(taints()).isEmpty();
    assertThat(podsOn("node-0")).extracting(KubeObject::uid).isEqualTo(before);
    assertThat(podsOn("node-0")).allMatch(Pods::isReady);
    assertThat(cluster.history().since(mark))
        .noneMatch(entry -> entry.toString().contains("NodeNotReady"));
    cluster.nodes().silence("node-0");
    cluster.advance(Duration.ofMinutes(2));
    assertThat(ready()).isEqualTo("Unknown");
    assertThat(cluster.history().disturbances())
        .extracting(Disturbance::text)
        .containsExactly(
            "the clock of node node-0 is 600.0 s " + (minutes < 0 ? "behind" : "ahead"),
            "node node-0 falls silent");
  }
}
