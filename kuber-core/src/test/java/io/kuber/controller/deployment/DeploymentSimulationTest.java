package io.kuber.controller.deployment;

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
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Deployment keeps its promises while it rolls, whatever goes wrong. */
final class DeploymentSimulationTest {
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(4);

  private static final int REPLICAS = 4;
  private static final int MAX_SURGE = 1;
  private static final int MAX_UNAVAILABLE = 1;

  private static final String ROLLING =
      "{type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 1}}";

  private static Simulation cluster(long seed, String strategy) {
    Simulation cluster =
        Simulation.of(seed)
            .running(DeploymentController::new)
            .running(ReplicaSetController::ofReplicaSets)
            .nodes(3);
    cluster.create(
        Resources.DEPLOYMENTS,
        """
        metadata: {name: web}
        spec:
          replicas: %d
          selector: {matchLabels: {app: web}}
          strategy: %s
          revisionHistoryLimit: 2
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: v0}]}
        """
            .formatted(REPLICAS, strategy));
    return cluster;
  }

  private static void change(Simulation cluster, String spec) {
    cluster.merge(Resources.DEPLOYMENTS, "web", "spec: {%s}".formatted(spec));
  }

  private static void update(Simulation cluster) {
    int version = cluster.below(5);
    change(cluster, "template: {spec: {containers: [{name: c, image: v%d}]}}".formatted(version));
  }

  private static void scale(Simulation cluster) {
    change(cluster, "replicas: " + cluster.below(7));
  }

  private static void pause(Simulation cluster) {
    change(cluster, "paused: " + (cluster.below(2) == 0));
  }

  private static void kill(Simulation cluster) {
    cluster
        .any(cluster.list(Resources.PODS))
        .ifPresent(pod -> cluster.delete(Resources.PODS, pod, -1));
  }

  private static void scaleReplicaSet(Simulation cluster) {
    cluster
        .any(cluster.list(Resources.REPLICA_SETS))
        .ifPresent(
            set ->
                cluster.merge(
                    Resources.REPLICA_SETS,
                    set.name(),
                    "spec: {replicas: %d}".formatted(cluster.below(4))));
  }

  private static void loseNode(Simulation cluster) {
    if (cluster.runningNodes().size() > 1) {
      cluster
          .any(cluster.runningNodes())
          .ifPresent(node -> cluster.vanish(node, Duration.ofSeconds(5)));
    }
  }

  private static List<Consumer<Simulation>> deeds() {
    return List.of(
        DeploymentSimulationTest::update,
        DeploymentSimulationTest::update,
        DeploymentSimulationTest::scale,
        DeploymentSimulationTest::pause,
        DeploymentSimulationTest::kill,
        DeploymentSimulationTest::scaleReplicaSet,
        DeploymentSimulationTest::loseNode);
  }

  @ParameterizedTest
  @ValueSource(strings = {ROLLING, "{type: Recreate}"})
  void comesToWhatIsAskedFor(String strategy) {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed, strategy).pods(Lots.TROUBLED, Lots.CALM);
          cluster.during(TROUBLE, 10, deeds());
          change(cluster, "paused: false");
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster));
          long revision = cluster.revision();
          cluster.rest(REST);
          cluster.conclude(
              () -> assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision));
        });
  }

  private static void check(Simulation cluster) {
    KubeObject web = cluster.find(Resources.DEPLOYMENTS, "web").orElseThrow();
    long wanted = web.spec().number(-1, "replicas");
    List<KubeObject> running =
        cluster.list(Resources.PODS).stream().filter(Pods::isActive).toList();
    assertThat(running).hasSize((int) wanted);
    assertThat(running)
        .allMatch(pod -> image(pod.tree()).equals(image(web.spec().tree("template"))));
    assertThat(web.status().number(0, "observedGeneration")).isEqualTo(web.generation());
    assertThat(web.status().number(0, "updatedReplicas")).isEqualTo(wanted);
    assertThat(web.status().number(0, "availableReplicas")).isEqualTo(wanted);
    assertThat(Condition.find(web.status(), "Progressing").orElseThrow().reason())
        .isEqualTo("NewReplicaSetAvailable");
    List<KubeObject> sets = cluster.list(Resources.REPLICA_SETS);
    assertThat(sets)
        .extracting(set -> set.annotations().get("deployment.kubernetes.io/revision"))
        .doesNotHaveDuplicates()
        .contains(web.annotations().get("deployment.kubernetes.io/revision"));
    assertThat(sets).hasSizeLessThanOrEqualTo(3);
  }

  private static String image(Tree pod) {
    return pod.items("spec", "containers").tree(0).text("image");
  }

  @Test
  void neverAsksForMorePodsThanTheSurgeAllows() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed, ROLLING).pods(Lots.TROUBLED, Lots.CALM);
          cluster.always("no pod too many", DeploymentSimulationTest::withinSurge);
          cluster.during(TROUBLE, 8, List.of(DeploymentSimulationTest::update));
          cluster.rest(REST);
        });
  }

  private static void withinSurge(Step step) {
    if (step.byController() && step.isOf(Resources.REPLICA_SETS)) {
      long asked =
          step.all(Resources.REPLICA_SETS).stream()
              .mapToLong(set -> set.spec().number(0, "replicas"))
              .sum();
      assertThat(asked).isLessThanOrEqualTo(REPLICAS + MAX_SURGE);
    }
  }

  @Test
  void neverTakesMorePodsOutOfServiceThanAllowed() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed, ROLLING).pods(Lots.CALM, Lots.CALM);
          cluster.rest(Duration.ofMinutes(1));
          cluster.always("enough serve", DeploymentSimulationTest::enoughServe);
          cluster.during(TROUBLE, 6, List.of(DeploymentSimulationTest::update));
          cluster.rest(REST);
        });
  }

  private static void enoughServe(Step step) {
    if (step.byController() && step.isOf(Resources.PODS) && step.deletes()) {
      assertThat(
              step.all(Resources.PODS).stream()
                  .filter(pod -> Pods.isReady(pod) && !pod.isBeingDeleted()))
          .hasSizeGreaterThanOrEqualTo(REPLICAS - MAX_UNAVAILABLE);
    }
  }
}
