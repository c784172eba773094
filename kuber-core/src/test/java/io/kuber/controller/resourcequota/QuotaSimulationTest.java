package io.kuber.controller.resourcequota;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.replicaset.ReplicaSetController;
import io.kuber.controller.simulation.Lots;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Pods;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** There are never more pods than the quota allows, and it knows how many, whatever goes wrong. */
final class QuotaSimulationTest {
  private static final String SET =
      """
      metadata: {name: %s}
      spec:
        replicas: 5
        selector: {matchLabels: {app: %1$s}}
        template:
          metadata: {labels: {app: %1$s}}
          spec: {containers: [{name: c, image: i}]}
      """;

  @Test
  void keepsWithinItsHardLimit() {
    Seeds.each(
        seed -> {
          Simulation cluster =
              Simulation.of(seed)
                  .running(
                      ReplicaSetController::ofReplicaSets,
                      () -> new QuotaController(() -> Resources.ALL))
                  .pods(Lots.TROUBLED, Lots.CALM)
                  .nodes(2);
          cluster.create(
              Resources.RESOURCE_QUOTAS, "{metadata: {name: q}, spec: {hard: {pods: 6}}}");
          cluster.always("within the quota", QuotaSimulationTest::isWithin);
          cluster.create(Resources.REPLICA_SETS, SET.formatted("one"));
          cluster.create(Resources.REPLICA_SETS, SET.formatted("two"));
          cluster.during(
              Duration.ofSeconds(30),
              6,
              List.of(
                  all ->
                      all.any(all.list(Resources.PODS))
                          .ifPresent(pod -> all.delete(Resources.PODS, pod, -1)),
                  all ->
                      all.merge(
                          Resources.REPLICA_SETS,
                          "one",
                          "spec: {replicas: %d}".formatted(all.below(8)))));
          cluster.rest(Duration.ofMinutes(6));
          Tree status = cluster.find(Resources.RESOURCE_QUOTAS, "q").orElseThrow().status();
          long living =
              cluster.list(Resources.PODS).stream().filter(p -> !Pods.isFinished(p)).count();
          assertThat(status)
              .isEqualTo(
                  Tree.of(
                      "hard",
                      Tree.of("pods", "6"),
                      "used",
                      Tree.of("pods", Long.toString(living))));
        });
  }

  private static void isWithin(Step step) {
    if (step.isOf(Resources.PODS)) {
      assertThat(step.all(Resources.PODS).stream().filter(pod -> !Pods.isFinished(pod)))
          .hasSizeLessThanOrEqualTo(6);
    }
  }
}
