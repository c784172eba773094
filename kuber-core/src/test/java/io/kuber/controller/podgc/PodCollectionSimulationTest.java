package io.kuber.controller.podgc;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.simulation.Lots;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.view.Pods;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Pods without a node go, pods with one stay, and old ends are cleared, whatever goes wrong. */
final class PodCollectionSimulationTest {
  private static final Duration TROUBLE = Duration.ofMinutes(3);
  private static final Duration REST = Duration.ofMinutes(4);
  private static final int NODES = 4;
  private static final int PODS = 16;
  private static final int MOST_ENDED = 3;

  private static final Lots HALF_END =
      (pod, entropy) ->
          Lots.CALM
              .of(pod, entropy)
              .ending(Duration.ofMillis(entropy.below(120_000)), entropy.below(2) == 0 ? 0 : 1);

  private static Simulation cluster(long seed) {
    Simulation cluster =
        Simulation.of(seed)
            .running(PodCollectionController::new, () -> new FinishedPodController(MOST_ENDED))
            .pods(HALF_END, Lots.CALM)
            .nodes(NODES);
    for (int i = 0; i < PODS; i++) {
      create(cluster, i, i % NODES == 0 ? "" : "nodeName: node-%d,".formatted(i % NODES));
    }
    return cluster;
  }

  /** Those that no scheduler knows stay without a node. */
  private static void create(Simulation cluster, int number, String place) {
    cluster.create(
        Resources.PODS,
        """
        metadata: {name: p%d}
        spec: {%s containers: [{name: c, image: i}]}
        """
            .formatted(number, place));
  }

  private static void removeNode(Simulation cluster) {
    cluster
        .any(cluster.list(Resources.NODES))
        .ifPresent(node -> cluster.delete(Resources.NODES, node, 0));
  }

  private static void addNode(Simulation cluster) {
    cluster.join("node-" + cluster.below(NODES));
  }

  private static void putOutOfService(Simulation cluster) {
    cluster
        .any(cluster.list(Resources.NODES))
        .ifPresent(
            node ->
                cluster.merge(
                    Resources.NODES,
                    node.name(),
                    "spec: {taints: [{key: node.kubernetes.io/out-of-service, effect:"
                        + " NoExecute}]}"));
  }

  private static void kill(Simulation cluster) {
    cluster
        .any(cluster.list(Resources.PODS))
        .ifPresent(pod -> cluster.delete(Resources.PODS, pod, -1));
  }

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          PodCollectionSimulationTest::removeNode,
          PodCollectionSimulationTest::addNode,
          PodCollectionSimulationTest::putOutOfService,
          PodCollectionSimulationTest::kill);

  private static boolean hasNode(Step step, KubeObject pod) {
    return step.all(Resources.NODES).stream()
        .anyMatch(node -> node.name().equals(Pods.nodeName(pod)));
  }

  @Test
  void takesWhatNobodyWillReportOnAndNothingElse() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed);
          cluster.always("pods with a node stay", PodCollectionSimulationTest::isLost);
          cluster.during(TROUBLE, 14, DEEDS);
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  /** By the time that it goes, a pod has ended; its node has not, or somebody wants it gone. */
  private static void isLost(Step step) {
    if (step.byController() && step.isOf(Resources.PODS) && step.delta().deleted()) {
      KubeObject pod = step.delta().after().object();
      assertThat(Pods.isFinished(pod)).as("%s has ended", pod.name()).isTrue();
      boolean cleared =
          step.all(Resources.PODS).stream().filter(Pods::isFinished).count() >= MOST_ENDED;
      assertThat(cleared || pod.isBeingDeleted() || !hasNode(step, pod))
          .as("%s on %s may go", pod.name(), Pods.nodeName(pod))
          .isTrue();
    }
  }

  private static void check(Simulation cluster) {
    List<String> nodes = cluster.list(Resources.NODES).stream().map(KubeObject::name).toList();
    assertThat(cluster.list(Resources.PODS))
        .allMatch(pod -> nodes.contains(Pods.nodeName(pod)))
        .noneMatch(KubeObject::isBeingDeleted);
    assertThat(cluster.list(Resources.PODS).stream().filter(Pods::isFinished))
        .hasSizeLessThanOrEqualTo(MOST_ENDED);
  }
}
