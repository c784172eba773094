package io.kuber.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NodePlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static KubeObject node(String ready) {
    Tree status = Condition.of("Ready", ready, "KubeletReady", "", NOW).putInto(Tree.EMPTY);
    return Resources.NODES.object("", "n").with(status, "status");
  }

  private static Plan plan(KubeObject node, Duration silentFor) {
    return NodePlanner.plan(node, List.of(), NOW.minus(silentFor), EvictionPace.NOW, NOW);
  }

  private static List<String> taintsAfter(Plan plan) {
    return plan.actions().stream()
        .filter(Action.Update.class::isInstance)
        .flatMap(
            action -> ((Action.Update) action).object().spec().items("taints").trees().stream())
        .map(taint -> taint.text("key") + ":" + taint.text("effect"))
        .toList();
  }

  @Test
  void looksAgainWhenTheNextRenewalWouldBeMissed() {
    Plan plan = plan(node("True"), Duration.ofSeconds(10));
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.again()).contains(Duration.ofSeconds(40).plusMillis(1));
  }

  @Test
  void goesByWhatNodeSaysHoweverOldThatIsByItsClockAndByItsMakingOnlyIfItSaidNothing() {
    KubeObject fresh =
        Resources.NODES.object("", "n").with(NOW.toString(), "metadata", "creationTimestamp");
    Instant behind = NOW.minus(Duration.ofMinutes(10));
    KubeObject lease =
        Resources.LEASES.object("", "n").with(behind.toString(), "spec", "renewTime");
    assertThat(NodePlanner.lastSaid(fresh, Optional.of(lease))).isEqualTo(behind);
    assertThat(NodePlanner.lastSaid(fresh, Optional.empty())).isEqualTo(NOW);
  }

  @Test
  void marksNodeThatFellSilentAsUnknown() {
    Plan plan = plan(node("True"), Duration.ofSeconds(51));
    KubeObject marked = ((Action.UpdateSubresource) plan.actions().get(0)).object();
    Condition ready = Condition.find(marked.status(), "Ready").orElseThrow();
    assertThat(ready.status()).isEqualTo("Unknown");
    assertThat(ready.reason()).isEqualTo("NodeStatusUnknown");
    assertThat(Condition.find(marked.status(), "DiskPressure").orElseThrow().reason())
        .isEqualTo("NodeStatusNeverUpdated");
  }

  @Test
  void taintsNodeByItsReadiness() {
    assertThat(taintsAfter(plan(node("False"), Duration.ZERO)))
        .containsExactly(
            "node.kubernetes.io/not-ready:NoSchedule", "node.kubernetes.io/not-ready:NoExecute");
    assertThat(taintsAfter(plan(node("Unknown"), Duration.ZERO)))
        .containsExactly(
            "node.kubernetes.io/unreachable:NoSchedule",
            "node.kubernetes.io/unreachable:NoExecute");
  }

  @Test
  void taintsCordonedNode() {
    KubeObject cordoned = node("True").with(true, "spec", "unschedulable");
    assertThat(taintsAfter(plan(cordoned, Duration.ZERO)))
        .containsExactly("node.kubernetes.io/unschedulable:NoSchedule");
  }

  @Test
  void drivesNobodyAwayWhileNoNodeIsReady() {
    Plan plan = NodePlanner.plan(node("Unknown"), List.of(), NOW, EvictionPace.NEVER, NOW);
    assertThat(taintsAfter(plan)).containsExactly("node.kubernetes.io/unreachable:NoSchedule");
  }

  @Test
  void writesDownSinceWhenSomebodysTaintIsThere() {
    Tree taint = Tree.of("key", "maintenance", "effect", "NoExecute");
    KubeObject node = node("True").with(Items.of(taint), "spec", "taints");
    KubeObject dated = ((Action.Update) plan(node, Duration.ZERO).actions().get(0)).object();
    assertThat(dated.spec().items("taints").tree(0).text("timeAdded"))
        .isEqualTo("2026-01-01T01:00:00Z");
    assertThat(plan(dated, Duration.ZERO).actions()).isEmpty();
  }

  @Test
  void givesNodeThatNeverReportedAMinute() {
    KubeObject fresh = Resources.NODES.object("", "n");
    assertThat(plan(fresh, Duration.ofSeconds(59)).actions()).isEmpty();
    assertThat(plan(fresh, Duration.ofSeconds(61)).actions()).isNotEmpty();
  }

  @Test
  void takesPodsOfSilentNodeOutOfService() {
    Plan plan = planWith(node("True"), pod(NOW.minusSeconds(90)), Duration.ofSeconds(51));
    assertThat(podsMadeUnready(plan)).containsExactly("p");
  }

  @Test
  void believesAgentThatReportsPodReadyThoughItsNodeIsNot() {
    KubeObject node = node("False");
    assertThat(podsMadeUnready(planWith(node, pod(NOW.minusSeconds(5)), Duration.ZERO)))
        .containsExactly("p");
    assertThat(podsMadeUnready(planWith(node, pod(NOW.plusSeconds(5)), Duration.ZERO))).isEmpty();
  }

  private static KubeObject pod(Instant readySince) {
    Tree status = Condition.of("Ready", "True", "", "", readySince).putInto(Tree.EMPTY);
    return Resources.PODS.object("default", "p").with(status, "status");
  }

  private static Plan planWith(KubeObject node, KubeObject pod, Duration silentFor) {
    return NodePlanner.plan(node, List.of(pod), NOW.minus(silentFor), EvictionPace.NOW, NOW);
  }

  private static List<String> podsMadeUnready(Plan plan) {
    return plan.actions().stream()
        .filter(Action.UpdateSubresource.class::isInstance)
        .map(Action.UpdateSubresource.class::cast)
        .filter(update -> update.type().equals(Resources.PODS))
        .filter(update -> !Pods.isReady(update.object()))
        .map(update -> update.object().name())
        .toList();
  }
}
