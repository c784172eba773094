package io.kuber.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.PatchType;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Stored;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Nodes fall silent and come back; taints follow, not too fast, whatever goes wrong. */
final class NodeSimulationTest {
  private static final int NODES = 6;

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          cluster ->
              cluster.any(cluster.list(Resources.NODES)).ifPresent(n -> say(cluster, n, "True")),
          cluster ->
              cluster.any(cluster.list(Resources.NODES)).ifPresent(n -> say(cluster, n, "False")));

  private static Simulation cluster(long seed) {
    Simulation cluster = Simulation.of(seed).running(NodeController::new).nodes(NODES);
    cluster.list(Resources.NODES).forEach(node -> say(cluster, node, "True"));
    return cluster;
  }

  /** The node reports that it is ready, or that it is not. */
  private static void say(Simulation cluster, KubeObject node, String ready) {
    Condition said =
        Condition.of("Ready", ready, "Kubelet", "", cluster.now())
            .with("lastHeartbeatTime", Timestamps.seconds(cluster.now()));
    Tree status = said.putInto(node.status());
    cluster
        .people()
        .patch(
            Resources.NODES,
            "",
            node.name(),
            "status",
            PatchType.MERGE,
            Tree.of("status", Tree.of("conditions", status.items("conditions"))));
  }

  private static List<String> taints(KubeObject node) {
    return node.spec().items("taints").trees().stream()
        .map(taint -> taint.text("key") + ":" + taint.text("effect"))
        .toList();
  }

  @Test
  void taintsWhatIsSilentAndFreesWhatComesBack() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed);
          cluster.during(Duration.ofMinutes(2), 12, DEEDS);
          List<KubeObject> nodes = cluster.list(Resources.NODES);
          say(cluster, nodes.get(0), "True");
          cluster.rest(Duration.ofSeconds(30));
          say(cluster, cluster.list(Resources.NODES).get(0), "True");
          cluster.rest(Duration.ofSeconds(30));
          KubeObject speaking = cluster.list(Resources.NODES).get(0);
          assertThat(taints(speaking)).isEmpty();
          for (KubeObject silent : cluster.list(Resources.NODES).subList(1, NODES)) {
            boolean ready = NodePlanner.isReady(silent.status());
            String key =
                Condition.find(silent.status(), "Ready").orElseThrow().status().equals("False")
                    ? "node.kubernetes.io/not-ready"
                    : "node.kubernetes.io/unreachable";
            if (ready) {
              assertThat(taints(silent)).isEmpty();
            } else {
              assertThat(taints(silent)).contains(key + ":NoSchedule");
            }
          }
        });
  }

  @Test
  void neverEmptiesTwoNodesAtOnce() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed);
          cluster.always("one after the other", NodeSimulationTest::paced);
          cluster.during(Duration.ofMinutes(2), 12, DEEDS);
          cluster.rest(Duration.ofMinutes(2));
        });
  }

  /** A node that has come back counts no longer: its taint is gone. */
  private static void paced(Step step) {
    Stored before = step.delta().before();
    if (!step.byController() || !step.isOf(Resources.NODES) || before == null) {
      return;
    }
    KubeObject node = step.delta().after().object();
    Optional<Instant> added = drivingAway(node);
    if (added.isPresent() && drivingAway(before.object()).isEmpty()) {
      assertThat(step.all(Resources.NODES))
          .filteredOn(other -> !other.name().equals(node.name()))
          .flatMap(other -> drivingAway(other).stream().toList())
          .allMatch(other -> !other.plus(EvictionPace.USUAL).isAfter(added.get()));
    }
  }

  private static Optional<Instant> drivingAway(KubeObject node) {
    return node.spec().items("taints").trees().stream()
        .filter(taint -> taint.text("effect").equals("NoExecute"))
        .map(taint -> Timestamps.parse(taint.text("timeAdded")))
        .findFirst();
  }
}
