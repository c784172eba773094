package io.kuber.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.resource.Quantity;
import io.kuber.resource.Resources;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pods and nodes come, change and go at random, through the API, and what must never be never is.
 * Whether a waiting pod would fit is decided anew each time, from nothing but the store.
 */
final class SchedulerSimulationTest {
  private static final int STEPS = 120;
  private static final Duration LONGEST_WAIT = PodQueue.MAX_WAIT.plusSeconds(1);

  private static final String APART =
      """
      {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
        {topologyKey: zone, labelSelector: {matchLabels: {app: apart}}}]}}}
      """;

  private static final Map<String, String> SPECS =
      Map.of(
          "plain",
          "{}",
          "apart",
          APART,
          "near",
          """
          {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
            {topologyKey: zone, labelSelector: {matchLabels: {app: apart}}}]}}}
          """,
          "even",
          """
          {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone,
            whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: even}}}]}
          """,
          "port",
          "{hostNetwork: true}",
          "disk",
          "{nodeSelector: {disk: ssd}}",
          "brave",
          "{tolerations: [{operator: Exists}], priorityClassName: high}",
          "high",
          "{priorityClassName: high}");

  private static final List<String> KINDS = SPECS.keySet().stream().sorted().toList();

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void keepsItsPromises(long given) {
    long seed = Long.getLong("seed", given);
    Random random = new Random(seed);
    Workbench bench = new Workbench(seed);
    bench.create(Resources.PRIORITY_CLASSES, "{metadata: {name: high}, value: 1000}");
    int placed = 0;
    for (int step = 0; step < STEPS; step++) {
      change(bench, random, step);
      if (random.nextInt(4) == 0) {
        bench.pass(LONGEST_WAIT);
        checkThatNoneWaitsInVain(bench, "seed %d, step %d".formatted(seed, step));
      }
      checkRooms(bench);
      checkDistances(bench);
      placed += (int) bench.list(Resources.PODS).stream().filter(p -> isPlaced(p)).count();
    }
    assertThat(placed).isPositive();
    assertThat(bench.events("Preempted").size() + bench.events("FailedScheduling").size())
        .isPositive();
  }

  private static boolean isPlaced(KubeObject pod) {
    return !Pods.nodeName(pod).isEmpty();
  }

  private void change(Workbench bench, Random random, int step) {
    String node = "n" + random.nextInt(5);
    List<KubeObject> pods = bench.list(Resources.PODS);
    switch (random.nextInt(10)) {
      case 0 -> changeNode(bench, node, random);
      case 1 -> {
        if (bench.find(Resources.NODES, node).isPresent() && random.nextInt(3) == 0) {
          bench.delete(Resources.NODES, node);
        } else {
          changeNode(bench, node, random);
        }
      }
      case 2, 3 -> {
        if (!pods.isEmpty()) {
          end(bench, pods.get(random.nextInt(pods.size())));
        }
      }
      case 4 -> {
        if (!pods.isEmpty()) {
          String app = random.nextBoolean() ? "apart" : "even";
          bench.merge(
              Resources.PODS,
              pods.get(random.nextInt(pods.size())).name(),
              "",
              "{metadata: {labels: {app: %s, relabelled: 'yes'}}}".formatted(app));
        }
      }
      default -> {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        String cpu = List.of("100m", "500m", "1", "1500m").get(random.nextInt(4));
        bench.pod("p" + step, "{app: %s}".formatted(kind), SPECS.getOrDefault(kind, "{}"), cpu);
      }
    }
  }

  private static void end(Workbench bench, KubeObject pod) {
    bench
        .client
        .delete(Resources.PODS, "default", pod.name(), new DeleteOptions(0, "", "", ""))
        .toCompletableFuture()
        .join();
    bench.loops.settle();
  }

  private static void changeNode(Workbench bench, String name, Random random) {
    String labels =
        "{zone: z%d, disk: %s}".formatted(random.nextInt(3), random.nextBoolean() ? "ssd" : "hdd");
    boolean tainted = random.nextInt(4) == 0;
    String spec = tainted ? "{taints: [{key: k, value: v, effect: NoSchedule}]}" : "{taints: []}";
    if (bench.find(Resources.NODES, name).isEmpty()) {
      bench.node(name, labels, spec);
    } else {
      bench.merge(
          Resources.NODES, name, "", "{metadata: {labels: %s}, spec: %s}".formatted(labels, spec));
    }
  }

  private static void checkThatNoneWaitsInVain(Workbench bench, String when) {
    ClusterState cluster = new ClusterState(bench.store.image());
    PodQueue queue = new PodQueue();
    Profile profile = DefaultProfile.profile();
    SimulatedLoops loops = new SimulatedLoops(1, Instant.EPOCH);
    new Intake(
            List.of(profile),
            cluster,
            queue,
            new Wakeup(queue, cluster, loops.clock()),
            new VolumePreparation(
                cluster, new Writes(bench.client, loops, loops.loop("none")), loops.loop("none")),
            loops.clock())
        .begin();
    Placement placement = new Placement(profile, cluster, loops.entropy());
    while (queue.hasActive()) {
      PodEntry pod = queue.next().orElseThrow();
      assertThat(placement.decide(pod))
          .as("%s: %s waits", when, pod.key())
          .isInstanceOf(Placement.Decision.Nowhere.class);
    }
  }

  /** No node has more than it can take. */
  private static void checkRooms(Workbench bench) {
    Map<String, Long> cpu = new HashMap<>();
    Map<String, Integer> count = new HashMap<>();
    for (KubeObject pod : bench.list(Resources.PODS)) {
      if (isPlaced(pod)) {
        Object asked = pod.spec().items("containers").tree(0).at("resources", "requests", "cpu");
        cpu.merge(Pods.nodeName(pod), Quantity.of(asked).milliValue(), Long::sum);
        count.merge(Pods.nodeName(pod), 1, Integer::sum);
      }
    }
    assertThat(cpu.values()).allMatch(sum -> sum <= 2000);
    assertThat(count.values()).allMatch(pods -> pods <= 5);
  }

  /** Where nobody changed labels afterwards, pods that keep apart are apart. */
  private static void checkDistances(Workbench bench) {
    Map<String, Integer> perNode = new HashMap<>();
    for (KubeObject pod : bench.list(Resources.PODS)) {
      if (isPlaced(pod)
          && pod.labels().getOrDefault("app", "").equals("apart")
          && !pod.labels().containsKey("relabelled")) {
        perNode.merge(Pods.nodeName(pod), 1, Integer::sum);
      }
    }
    assertThat(perNode.values()).allMatch(pods -> pods <= 1);
  }
}
