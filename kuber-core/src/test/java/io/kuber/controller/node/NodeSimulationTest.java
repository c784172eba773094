package io.kuber.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.PatchType;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Nodes fall silent and come back; taints follow, not too fast, whatever goes wrong. */
final class NodeSimulationTest {
  private static final int NODES = 6;

  /** Taints say in whole seconds when they came. */
  private static final Duration ROUNDED = Duration.ofSeconds(1);

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
          Map<String, Instant> emptied = new HashMap<>();
          cluster.always("one after the other", step -> paced(step, cluster.now(), emptied));
          cluster.during(Duration.ofMinutes(2), 12, DEEDS);
          cluster.rest(Duration.ofMinutes(2));
        });
  }

  /**
   * A node that has come back counts no longer: its taint is gone. One that has another taint than
   * before counts from the first.
   */
  private static void paced(Step step, Instant now, Map<String, Instant> emptied) {
    if (!step.isOf(Resources.NODES)) {
      return;
    }
    KubeObject node = step.delta().after().object();
    if (!drivesAway(node)) {
      emptied.remove(node.name());
    } else if (!emptied.containsKey(node.name())) {
      assertThat(emptied.values())
          .allMatch(other -> !other.plus(EvictionPace.USUAL).isAfter(now.plus(ROUNDED)));
      emptied.put(node.name(), now);
    }
  }

  private static boolean drivesAway(KubeObject node) {
    return taints(node).stream().anyMatch(taint -> taint.endsWith(":NoExecute"));
  }
}
