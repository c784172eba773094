package io.kuber.controller.daemonset;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.simulation.Lots;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Pods;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A DaemonSet keeps one pod on each of its nodes, whatever goes wrong. */
final class DaemonSetSimulationTest {
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(3);
  private static final int NODES = 4;

  private static Simulation cluster(long seed, String strategy) {
    Simulation cluster = Simulation.of(seed).running(DaemonSetController::new).nodes(NODES);
    cluster.create(
        Resources.DAEMON_SETS,
        """
        metadata: {name: log}
        spec:
          selector: {matchLabels: {app: log}}
          updateStrategy: {type: RollingUpdate, rollingUpdate: %s}
          template:
            metadata: {labels: {app: log}}
            spec: {containers: [{name: c, image: v0}]}
        """
            .formatted(strategy));
    return cluster;
  }

  private static void update(Simulation cluster) {
    cluster.merge(
        Resources.DAEMON_SETS,
        "log",
        "spec: {template: {spec: {containers: [{name: c, image: v%d}]}}}"
            .formatted(cluster.below(4)));
  }

  private static void kill(Simulation cluster) {
    cluster
        .any(cluster.list(Resources.PODS))
        .ifPresent(pod -> cluster.delete(Resources.PODS, pod, -1));
  }

  private static void taint(Simulation cluster) {
    String taints = cluster.below(2) == 0 ? "" : "{key: k, effect: NoExecute}";
    cluster
        .any(cluster.runningNodes())
        .ifPresent(
            node -> cluster.merge(Resources.NODES, node, "spec: {taints: [%s]}".formatted(taints)));
  }

  private static void loseNode(Simulation cluster) {
    cluster
        .any(cluster.runningNodes())
        .ifPresent(node -> cluster.vanish(node, Duration.ofSeconds(5)));
  }

  private static void addNode(Simulation cluster) {
    cluster.join("node-" + cluster.below(NODES + 2));
  }

  private static List<Consumer<Simulation>> deeds() {
    return List.of(
        DaemonSetSimulationTest::update,
        DaemonSetSimulationTest::kill,
        DaemonSetSimulationTest::taint,
        DaemonSetSimulationTest::loseNode,
        DaemonSetSimulationTest::addNode);
  }

  @ParameterizedTest
  @CsvSource({"{maxUnavailable: 1}", "'{maxSurge: 1, maxUnavailable: 0}'", "{maxUnavailable: 50%}"})
  void comesToOnePodOnEachNode(String strategy) {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed, strategy).pods(Lots.TROUBLED, Lots.CALM);
          cluster.during(TROUBLE, 10, deeds());
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster));
          long revision = cluster.revision();
          cluster.rest(REST);
          cluster.conclude(
              () -> assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision));
        });
  }

  private static void check(Simulation cluster) {
    KubeObject log = cluster.find(Resources.DAEMON_SETS, "log").orElseThrow();
    List<String> eligible =
        cluster.list(Resources.NODES).stream()
            .filter(node -> node.spec().items("taints").isEmpty())
            .map(KubeObject::name)
            .toList();
    assertThat(cluster.list(Resources.PODS))
        .extracting(Pods::nodeName)
        .containsExactlyInAnyOrderElementsOf(eligible);
    assertThat(cluster.list(Resources.PODS))
        .allMatch(pod -> image(pod.tree()).equals(image(log.spec().tree("template"))));
    assertThat(log.status().number(0, "desiredNumberScheduled")).isEqualTo(eligible.size());
    assertThat(log.status().number(0, "numberAvailable")).isEqualTo(eligible.size());
    assertThat(log.status().number(0, "updatedNumberScheduled")).isEqualTo(eligible.size());
    assertThat(log.status().number(0, "numberMisscheduled")).isZero();
  }

  private static String image(Tree pod) {
    return pod.items("spec", "containers").tree(0).text("image");
  }

  @Test
  void neverTakesTwoNodesOutOfServiceForAnUpdate() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed, "{maxUnavailable: 1}").pods(Lots.CALM, Lots.CALM);
          cluster.rest(Duration.ofMinutes(1));
          cluster.always("one at a time", step -> servesOn(step, NODES - 1));
          cluster.during(TROUBLE, 4, List.of(DaemonSetSimulationTest::update));
          cluster.rest(REST);
        });
  }

  @Test
  void neverLeavesNodeWithoutServiceWhileItSurges() {
    Seeds.each(
        seed -> {
          Simulation cluster =
              cluster(seed, "{maxSurge: 2, maxUnavailable: 0}").pods(Lots.CALM, Lots.CALM);
          cluster.rest(Duration.ofMinutes(1));
          cluster.always("all serve", step -> servesOn(step, NODES));
          cluster.during(TROUBLE, 4, List.of(DaemonSetSimulationTest::update));
          cluster.rest(REST);
        });
  }

  /** Nobody but the controller deletes, and pods stay ready: all else is its doing. */
  private static void servesOn(Step step, int nodes) {
    if (step.byController() && step.isOf(Resources.PODS) && step.deletes()) {
      assertThat(
              step.all(Resources.PODS).stream()
                  .filter(pod -> Pods.isReady(pod) && !pod.isBeingDeleted())
                  .map(Pods::nodeName)
                  .distinct())
          .hasSizeGreaterThanOrEqualTo(nodes);
    }
  }

  @Test
  void neverPutsSecondPodOnNode() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed, "{maxUnavailable: 1}").pods(Lots.TROUBLED, Lots.CALM);
          cluster.always("one for a node", DaemonSetSimulationTest::oneForNode);
          cluster.during(TROUBLE, 8, deeds());
          cluster.rest(REST);
        });
  }

  private static void oneForNode(Step step) {
    if (step.byController() && step.isOf(Resources.PODS) && step.delta().before() == null) {
      List<String> nodes =
          step.all(Resources.PODS).stream()
              .filter(Pods::isActive)
              .map(DaemonPod::nodeOf)
              .collect(Collectors.toList());
      assertThat(nodes).doesNotHaveDuplicates();
    }
  }
}
