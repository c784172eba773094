package io.kuber.controller.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods that are told to go and stay, and those that have two budgets. */
final class DisruptedPodPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static KubeObject pod(String phase, String status, String reason, int secondsAgo) {
    Instant since = NOW.minusSeconds(secondsAgo);
    Tree told =
        Condition.of("DisruptionTarget", status, reason, "", since)
            .putInto(Tree.of("phase", phase));
    return Resources.PODS.object("default", "p").with(told, "status");
  }

  private static Plan plan(KubeObject pod, KubeObject... budgets) {
    return DisruptedPodPlanner.plan(pod, List.of(budgets), NOW);
  }

  @ParameterizedTest(name = "{0} {1} {2} for {3} s: written {4}, looked at again {5}")
  @CsvSource({
    "Running, True, EvictionByEvictionAPI, 119, false, true",
    "Running, True, EvictionByEvictionAPI, 120, true, false",
    "Running, True, TerminationByKubelet, 500, false, false",
    "Running, False, EvictionByEvictionAPI, 500, false, false",
    "Failed, True, EvictionByEvictionAPI, 500, false, false",
  })
  void takesBackWhatDidNotHappen(
      String phase, String status, String reason, int seconds, boolean written, boolean again) {
    Plan plan = plan(pod(phase, status, reason, seconds));
    assertThat(!plan.actions().isEmpty()).isEqualTo(written);
    assertThat(plan.again().isPresent()).isEqualTo(again);
  }

  @Test
  void saysThatItIsNoLongerSoWithoutReason() {
    Plan plan = plan(pod("Running", "True", "PreemptionByScheduler", 300));
    KubeObject after = ((Action.UpdateSubresource) plan.actions().get(0)).object();
    assertThat(Condition.find(after.status(), "DisruptionTarget").orElseThrow().tree())
        .isEqualTo(
            Tree.of(
                "type", "DisruptionTarget",
                "status", "False",
                "lastTransitionTime", "2026-01-01T01:00:00Z"));
  }

  @Test
  void tellsOfTheBudgetThatItChoseAsTheWholeManager() {
    ControlPlane cluster = new ControlPlane(new DisruptedPodController());
    for (String name : List.of("a", "b")) {
      cluster.create(
          Resources.POD_DISRUPTION_BUDGETS,
          "{metadata: {name: %s}, spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}}"
              .formatted(name));
    }
    cluster.create(
        Resources.PODS,
        "{metadata: {name: one, labels: {app: web}}, spec: {containers: [{name: c, image: i}]}}");
    cluster.advance(Duration.ofSeconds(1));
    assertThat(cluster.list(Resources.EVENTS))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.tree().text("reason")).isEqualTo("MultiplePodDisruptionBudgets");
              assertThat(event.tree().text("type")).isEqualTo("Warning");
              assertThat(event.tree().text("source", "component")).isEqualTo("controllermanager");
              assertThat(event.tree().text("message"))
                  .isEqualTo(
                      "Pod \"default\"/\"one\" matches multiple PodDisruptionBudgets.  Chose \"a\""
                          + " arbitrarily.");
            });
  }
}
