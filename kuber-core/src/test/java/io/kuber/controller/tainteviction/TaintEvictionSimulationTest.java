package io.kuber.controller.tainteviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.simulation.Lots;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import io.kuber.view.Timestamps;
import io.kuber.view.Toleration;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Pods leave tainted nodes when they have to, and neither others nor sooner, whatever goes wrong.
 */
final class TaintEvictionSimulationTest {
  private static final Duration TROUBLE = Duration.ofMinutes(2);
  private static final Duration REST = Duration.ofMinutes(6);
  private static final int NODES = 4;
  private static final long PATIENCE = 30;

  /** How long an eviction may be under way that was decided before the taint went. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(3);

  private static final List<String> TOLERATIONS =
      List.of(
          "",
          "{key: k, operator: Exists, effect: NoExecute}",
          "{key: k, operator: Exists, effect: NoExecute, tolerationSeconds: %d}"
              .formatted(PATIENCE));

  private static Simulation cluster(long seed) {
    Simulation cluster =
        Simulation.of(seed)
            .running(TaintEvictionController::new)
            .pods(Lots.CALM, Lots.CALM)
            .nodes(NODES);
    for (int i = 0; i < 3 * NODES; i++) {
      cluster.create(
          Resources.PODS,
          """
          metadata: {name: p%d}
          spec: {nodeName: node-%d, tolerations: [%s], containers: [{name: c, image: i}]}
          """
              .formatted(i, i % NODES, TOLERATIONS.get(i / NODES)));
    }
    return cluster;
  }

  private static void taint(Simulation cluster, String effect) {
    String taint =
        "{key: k, effect: %s, timeAdded: '%s'}"
            .formatted(effect, Timestamps.seconds(cluster.now()));
    cluster.any(cluster.list(Resources.NODES)).ifPresent(node -> setTaints(cluster, node, taint));
  }

  private static void setTaints(Simulation cluster, KubeObject node, String taints) {
    cluster.merge(Resources.NODES, node.name(), "spec: {taints: [%s]}".formatted(taints));
  }

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          cluster -> taint(cluster, "NoExecute"),
          cluster -> taint(cluster, "NoSchedule"),
          cluster ->
              cluster
                  .any(cluster.list(Resources.NODES))
                  .ifPresent(node -> setTaints(cluster, node, "")));

  private static boolean drivesAway(KubeObject node) {
    return node.spec().items("taints").trees().stream()
        .anyMatch(taint -> taint.text("effect").equals("NoExecute"));
  }

  /** Since when each node drives pods away, and when it last did. */
  private static final class Taints {
    private final Simulation cluster;
    private final Map<String, Instant> since = new HashMap<>();
    private final Map<String, Instant> last = new HashMap<>();

    Taints(Simulation cluster) {
      this.cluster = cluster;
    }

    void see(Step step) {
      if (step.isOf(Resources.NODES)) {
        KubeObject node = step.delta().after().object();
        if (drivesAway(node)) {
          boolean renewed = Instant.MAX.equals(last.put(node.name(), Instant.MAX));
          since.compute(node.name(), (name, first) -> renewed ? first : cluster.now());
        } else if (since.containsKey(node.name())) {
          last.computeIfPresent(
              node.name(), (name, until) -> until.equals(Instant.MAX) ? cluster.now() : until);
        }
      } else if (step.byController() && step.isOf(Resources.PODS) && step.deletes()) {
        checkEviction(step.delta().after().object());
      }
    }

    private void checkEviction(KubeObject pod) {
      Instant now = cluster.now();
      assertThat(last).containsKey(Pods.nodeName(pod));
      assertThat(last.get(Pods.nodeName(pod))).isAfter(now.minus(UNDER_WAY));
      for (Toleration toleration : Toleration.of(pod)) {
        if (toleration.key().equals("k")) {
          assertThat(toleration.seconds()).isEqualTo(OptionalLong.of(PATIENCE));
          assertThat(since.get(Pods.nodeName(pod)))
              .isBefore(now.minusSeconds(PATIENCE).plus(UNDER_WAY));
        }
      }
      assertThat(Condition.find(pod.status(), "DisruptionTarget").orElseThrow().reason())
          .isEqualTo("DeletionByTaintManager");
    }
  }

  @Test
  void drivesAwayThoseWhoDoNotTolerateIt() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed);
          Taints taints = new Taints(cluster);
          cluster.always("nobody goes without need", taints::see);
          cluster.during(TROUBLE, 12, DEEDS);
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster, taints));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  private static void check(Simulation cluster, Taints taints) {
    Map<String, KubeObject> pods = new HashMap<>();
    cluster.list(Resources.PODS).forEach(pod -> pods.put(pod.name(), pod));
    for (int i = 0; i < 3 * NODES; i++) {
      String node = "node-" + i % NODES;
      boolean tolerates = i / NODES == 1;
      boolean tainted = cluster.find(Resources.NODES, node).filter(n -> drivesAway(n)).isPresent();
      if (tolerates || !taints.last.containsKey(node)) {
        assertThat(pods).as("which nothing drives away").containsKey("p" + i);
      } else if (tainted) {
        assertThat(pods).as("whose node is tainted").doesNotContainKey("p" + i);
      }
    }
  }
}
