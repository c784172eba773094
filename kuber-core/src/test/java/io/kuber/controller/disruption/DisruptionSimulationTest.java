package io.kuber.controller.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.replicaset.ReplicaSetController;
import io.kuber.controller.simulation.Lots;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who asks before he takes a pod never takes one too many, whatever goes wrong. */
final class DisruptionSimulationTest {
  private static final Duration TROUBLE = Duration.ofSeconds(40);
  private static final Duration REST = Duration.ofMinutes(4);
  private static final int REPLICAS = 5;

  private static final String WEB =
      """
      metadata: {name: web}
      spec:
        replicas: %d
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: c, image: i}]}
      """
          .formatted(REPLICAS);

  private static Simulation cluster(long seed, String bounds) {
    Simulation cluster =
        Simulation.of(seed)
            .running(
                ReplicaSetController::ofReplicaSets,
                () -> new DisruptionController(Simulation::types),
                DisruptedPodController::new)
            .pods(Lots.CALM, Lots.CALM)
            .nodes(3);
    cluster.create(Resources.REPLICA_SETS, WEB);
    cluster.create(
        Resources.POD_DISRUPTION_BUDGETS,
        "{metadata: {name: web}, spec: {selector: {matchLabels: {app: web}}, %s}}"
            .formatted(bounds));
    return cluster;
  }

  /** Some are refused. */
  private static CompletionStage<KubeObject> evict(Simulation cluster, KubeObject pod) {
    Tree eviction =
        Tree.of(
            "apiVersion",
            "policy/v1",
            "kind",
            "Eviction",
            "metadata",
            Tree.of("name", pod.name(), "namespace", pod.namespace()));
    return cluster
        .people()
        .createSubresource(
            Resources.PODS, pod.namespace(), pod.name(), "eviction", KubeObject.of(eviction));
  }

  private static void evictSome(Simulation cluster) {
    cluster.any(cluster.list(Resources.PODS)).ifPresent(pod -> evict(cluster, pod));
  }

  /** Somebody says that a pod goes, and leaves it there. */
  private static void threaten(Simulation cluster) {
    cluster
        .any(cluster.list(Resources.PODS))
        .ifPresent(
            pod -> {
              Condition target =
                  Condition.of("DisruptionTarget", "True", "Threat", "", cluster.now());
              KubeObject told = pod.with(target.putInto(pod.status()), "status");
              cluster.people().updateSubresource(Resources.PODS, "status", told);
            });
  }

  private static Consumer<Simulation> change(String bounds) {
    return cluster ->
        cluster.merge(Resources.POD_DISRUPTION_BUDGETS, "web", "spec: {%s}".formatted(bounds));
  }

  /**
   * What a budget asks for at first, and then; and what that comes to in the end.
   *
   * @param allowed how many may go
   * @param desired how many have to stay
   */
  private record Bounds(String first, String then, long allowed, long desired) {
    private static final List<Bounds> ALL =
        List.of(
            new Bounds("minAvailable: 3", "minAvailable: 4", 1, 4),
            new Bounds("maxUnavailable: 1", "maxUnavailable: 40%", 2, 3),
            new Bounds("minAvailable: 70%", "minAvailable: 41%", 2, 3));

    /** Every seed has its own, so that all have their turn. */
    static Bounds of(long seed) {
      return ALL.get((int) (seed % ALL.size()));
    }
  }

  @Test
  void letsNobodyTakeMoreThanItAllows() {
    Seeds.each(
        seed -> {
          Bounds bounds = Bounds.of(seed);
          Simulation cluster = cluster(seed, bounds.first());
          cluster.rest(Duration.ofMinutes(1));
          cluster.always("enough serve", DisruptionSimulationTest::enoughServe);
          Consumer<Simulation> evict = DisruptionSimulationTest::evictSome;
          cluster.during(
              TROUBLE,
              30,
              List.of(
                  evict,
                  evict,
                  evict,
                  evict,
                  DisruptionSimulationTest::threaten,
                  change(bounds.first()),
                  change(bounds.then())));
          change(bounds.then()).accept(cluster);
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster, bounds.allowed(), bounds.desired()));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
          KubeObject pod = cluster.list(Resources.PODS).get(0);
          assertThat(evict(cluster, pod)).as("one more may go").isCompleted();
        });
  }

  /**
   * Pods stay ready, and nobody takes one but by eviction: all else would be the budget's doing.
   */
  private static void enoughServe(Step step) {
    if (!step.byController() && step.isOf(Resources.PODS) && step.deletes()) {
      long least =
          step.all(Resources.POD_DISRUPTION_BUDGETS)
              .get(0)
              .status()
              .number(REPLICAS, "desiredHealthy");
      assertThat(
              step.all(Resources.PODS).stream()
                  .filter(pod -> Pods.isReady(pod) && !pod.isBeingDeleted()))
          .hasSizeGreaterThanOrEqualTo((int) least);
    }
  }

  private static void check(Simulation cluster, long allowed, long desired) {
    Tree status = cluster.find(Resources.POD_DISRUPTION_BUDGETS, "web").orElseThrow().status();
    assertThat(status.number(-1, "expectedPods")).isEqualTo(REPLICAS);
    assertThat(status.number(-1, "currentHealthy")).isEqualTo(REPLICAS);
    assertThat(status.number(-1, "desiredHealthy")).isEqualTo(desired);
    assertThat(status.number(-1, "disruptionsAllowed")).isEqualTo(allowed);
    assertThat(status.tree("disruptedPods").isEmpty()).isTrue();
    assertThat(cluster.list(Resources.PODS)).noneMatch(DisruptedPodPlanner::isTarget);
  }
}
