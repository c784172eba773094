package io.kuber.controller.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.view.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BudgetPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static KubeObject budget(String status) {
    return ControlPlane.yaml(
        """
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web, namespace: default, generation: 2}
        spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
        status: {%s}
        """
            .formatted(status));
  }

  private static KubeObject pod(String name, boolean ready) {
    return ControlPlane.yaml(
        """
        metadata: {name: %s, namespace: default}
        status: {phase: Running, conditions: [{type: Ready, status: '%s'}]}
        """
            .formatted(name, ready ? "True" : "False"));
  }

  private static List<KubeObject> pods(int ready, int others) {
    List<KubeObject> pods = new ArrayList<>();
    for (int i = 0; i < ready + others; i++) {
      pods.add(pod("p" + i, i < ready));
    }
    return pods;
  }

  private static Plan plan(KubeObject budget, List<KubeObject> pods, ExpectedPods expected) {
    return new BudgetPlanner(budget, pods, expected, NOW).plan();
  }

  private static Tree status(Plan plan) {
    return plan.actions().stream()
        .filter(Action.UpdateSubresource.class::isInstance)
        .map(action -> ((Action.UpdateSubresource) action).object().status())
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest(name = "{0} ready of {2} with {3} needed: {4} may go")
  @CsvSource({
    "3,0,3,2,1,SufficientPods",
    "2,1,3,2,0,InsufficientPods",
    "5,0,5,0,5,SufficientPods",
    "1,0,1,2,0,InsufficientPods",
    "0,0,0,0,0,InsufficientPods",
  })
  void allowsWhatIsNotNeeded(
      int ready, int others, long expected, long desired, long allowed, String reason) {
    Tree status =
        status(
            plan(
                budget(""),
                pods(ready, others),
                new ExpectedPods(expected, desired, List.of(), "")));
    assertThat(status.number(-1, "disruptionsAllowed")).isEqualTo(allowed);
    assertThat(status.number(-1, "currentHealthy")).isEqualTo(ready);
    assertThat(status.number(-1, "desiredHealthy")).isEqualTo(desired);
    assertThat(status.number(-1, "expectedPods")).isEqualTo(expected);
    assertThat(status.number(-1, "observedGeneration")).isEqualTo(2);
    assertThat(Condition.find(status, "DisruptionAllowed").orElseThrow().reason())
        .isEqualTo(reason);
  }

  @Test
  void doesNotCountPodThatWasEvicted() {
    KubeObject spent = budget("disruptedPods: {p0: '2026-01-01T00:59:30Z'}");
    Plan plan = plan(spent, pods(3, 0), new ExpectedPods(3, 2, List.of(), ""));
    assertThat(status(plan).number(-1, "disruptionsAllowed")).isZero();
    assertThat(status(plan).tree("disruptedPods").has("p0")).isTrue();
    assertThat(plan.again()).contains(Duration.ofSeconds(91));
  }

  @Test
  void countsPodAgainThatWasEvictedButStays() {
    KubeObject spent =
        budget("disruptedPods: {p0: '2026-01-01T00:50:00Z', gone: '2026-01-01T00:59:59Z'}");
    Plan plan = plan(spent, pods(3, 0), new ExpectedPods(3, 2, List.of(), ""));
    assertThat(status(plan).number(-1, "disruptionsAllowed")).isEqualTo(1);
    assertThat(status(plan).has("disruptedPods")).isFalse();
    assertThat(plan.actions())
        .filteredOn(Action.Emit.class::isInstance)
        .extracting(action -> ((Action.Emit) action).note().reason())
        .contains("NotDeleted");
  }

  @Test
  void allowsNothingWhileItCannotKnow() {
    Plan plan =
        plan(
            budget("disruptionsAllowed: 3"),
            pods(3, 0),
            new ExpectedPods(0, 0, List.of(), "nobody knows"));
    assertThat(status(plan).number(-1, "disruptionsAllowed")).isZero();
    Condition allowed = Condition.find(status(plan), "DisruptionAllowed").orElseThrow();
    assertThat(allowed.reason()).isEqualTo("SyncFailed");
    assertThat(allowed.tree().text("message")).isEqualTo("nobody knows");
  }

  @Test
  void restsWhenItsStatusIsTrue() {
    KubeObject told =
        budget("")
            .with(
                status(plan(budget(""), pods(3, 0), new ExpectedPods(3, 2, List.of(), ""))),
                "status");
    assertThat(plan(told, pods(3, 0), new ExpectedPods(3, 2, List.of(), "")).actions()).isEmpty();
  }
}
