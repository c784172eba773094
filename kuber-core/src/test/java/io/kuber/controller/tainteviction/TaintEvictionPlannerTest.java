package io.kuber.controller.tainteviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TaintEvictionPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");
  private static final String ADDED = "2026-01-01T00:59:00Z";

  private static Plan plan(String taint, Tree... tolerations) {
    Tree unwell = Tree.of("key", taint, "effect", "NoExecute", "timeAdded", ADDED);
    return TaintEvictionPlanner.plan(pod(tolerations), node(unwell), NOW);
  }

  private static KubeObject node(Tree taint) {
    return Resources.NODES.object("", "n").with(Items.of(taint), "spec", "taints");
  }

  private static KubeObject pod(Tree... tolerations) {
    return Resources.PODS
        .object("default", "p")
        .with(Items.of((Object[]) tolerations), "spec", "tolerations");
  }

  private static boolean deletes(Plan plan) {
    return plan.actions().stream().anyMatch(Action.Delete.class::isInstance);
  }

  @Test
  void deletesPodThatDoesNotTolerate() {
    assertThat(deletes(plan("maintenance"))).isTrue();
  }

  @Test
  void leavesPodThatToleratesForEver() {
    assertThat(plan("maintenance", Tree.of("operator", "Exists"))).isEqualTo(Plan.NOTHING);
  }

  @Test
  void waitsAsLongAsPodTolerates() {
    Tree patient = Tree.of("key", "maintenance", "operator", "Exists", "tolerationSeconds", 90L);
    Plan plan = plan("maintenance", patient);
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.again()).contains(Duration.ofSeconds(30));
    assertThat(deletes(plan("maintenance", patient.with("tolerationSeconds", 60L)))).isTrue();
  }

  @Test
  void givesPodsFiveMinutesOnNodeThatIsNotReady() {
    assertThat(plan("node.kubernetes.io/not-ready").again()).contains(Duration.ofMinutes(4));
  }

  @Test
  void countsFromTheBindingOfPodThatCameLater() {
    Tree patient = Tree.of("key", "maintenance", "operator", "Exists", "tolerationSeconds", 30L);
    KubeObject node =
        node(Tree.of("key", "maintenance", "effect", "NoExecute", "timeAdded", ADDED));
    KubeObject pod = pod(patient).with("2026-01-01T00:59:50Z", "metadata", "creationTimestamp");
    assertThat(TaintEvictionPlanner.plan(pod, node, NOW).again()).contains(Duration.ofSeconds(20));
  }

  @Test
  void isPatientWithTaintThatDoesNotSaySinceWhen() {
    Tree patient = Tree.of("key", "maintenance", "operator", "Exists", "tolerationSeconds", 30L);
    KubeObject node = node(Tree.of("key", "maintenance", "effect", "NoExecute"));
    assertThat(TaintEvictionPlanner.plan(pod(patient), node, NOW).again())
        .contains(Duration.ofSeconds(30));
    assertThat(deletes(TaintEvictionPlanner.plan(pod(), node, NOW))).isTrue();
  }
}
