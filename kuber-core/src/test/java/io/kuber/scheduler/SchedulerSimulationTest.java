package io.kuber.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.resource.Resources;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pods and nodes come, change and go at random, through the API, and what must never be never is.
 * Whether a waiting pod would fit is decided anew each time, from nothing but the store.
 */
final class SchedulerSimulationTest {
  private static final int STEPS = 120;

  /** What one wait lets in may wake others, which back off then. */
  private static final int MAX_WAITS = 6;

  private static final Duration LONGEST_WAIT = QueuedPod.MAX_WAIT.plusSeconds(1);

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

  /** One seed with {@code -Dseed=}, or as many as {@code -Dseeds=} says. */
  static LongStream seeds() {
    Long one = Long.getLong("seed");
    return one == null ? LongStream.rangeClosed(1, Long.getLong("seeds", 8)) : LongStream.of(one);
  }

  /** Bindings that made a zone too full, found as they happened. */
  private final List<String> uneven = new ArrayList<>();

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsItsPromises(long seed) {
    Random random = new Random(seed);
    Workbench bench = new Workbench(seed);
    bench.create(Resources.PRIORITY_CLASSES, "{metadata: {name: high}, value: 1000}");
    bench.store.subscribe(this::watchEvenness);
    int placed = 0;
    for (int step = 0; step < STEPS; step++) {
      change(bench, random, step);
      if (random.nextInt(4) == 0) {
        checkThatNoneWaitsInVain(bench, "seed %d, step %d".formatted(seed, step));
      }
      checkRooms(bench);
      checkDistances(bench);
      assertThat(uneven).as("seed %d, step %d", seed, step).isEmpty();
      placed += (int) bench.list(Resources.PODS).stream().filter(p -> isPlaced(p)).count();
    }
    assertThat(placed).isPositive();
    assertThat(bench.events("Preempted").size() + bench.events("FailedScheduling").size())
        .isPositive();
  }

  /** A pod that is to be spread makes its zone no more than one pod fuller than the emptiest. */
  private void watchEvenness(Delta delta, Image image) {
    if (delta.key().resource().equals("pods")
        && delta.before() != null
        && !isPlaced(delta.before().object())
        && isPlaced(delta.after().object())
        && delta.after().object().spec().has("topologySpreadConstraints")) {
      Map<String, Integer> zones = new HashMap<>();
      Map<String, String> zoneOf = new HashMap<>();
      image
          .scan("nodes", "", null)
          .forEachRemaining(
              node -> {
                String zone = node.object().labels().getOrDefault("zone", "");
                zoneOf.put(node.key().name(), zone);
                zones.putIfAbsent(zone, 0);
              });
      image.scan("pods", "", null).forEachRemaining(pod -> count(pod.object(), zoneOf, zones));
      int here =
          zones.getOrDefault(zoneOf.getOrDefault(Pods.nodeName(delta.after().object()), ""), 0);
      boolean itself = delta.after().object().labels().getOrDefault("app", "").equals("even");
      int least = zones.values().stream().mapToInt(Integer::intValue).min().orElse(0);
      if (here - least > 1 && itself) {
        uneven.add(delta.key() + " at " + zones);
      }
    }
  }

  private static void count(
      KubeObject pod, Map<String, String> zoneOf, Map<String, Integer> zones) {
    String zone = zoneOf.get(Pods.nodeName(pod));
    if (zone != null && Pods.isActive(pod) && pod.labels().getOrDefault("app", "").equals("even")) {
      zones.merge(zone, 1, Integer::sum);
    }
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

  /** A pod that would fit may be backing off, but gets its node in the end. */
  private static void checkThatNoneWaitsInVain(Workbench bench, String when) {
    List<String> fitting = List.of("not looked yet");
    for (int wait = 0; wait < MAX_WAITS && !fitting.isEmpty(); wait++) {
      bench.pass(LONGEST_WAIT);
      fitting = fitting(bench);
    }
    assertThat(fitting).as("%s: wait in vain among %s", when, shown(bench)).isEmpty();
  }

  /** The pods that wait and would find a node, decided from the store alone. */
  private static List<String> fitting(Workbench bench) {
    ClusterState cluster = new ClusterState(bench.store.image());
    PodQueue queue = new PodQueue();
    Profile profile = DefaultProfile.profile();
    SimulatedLoops loops = new SimulatedLoops(1, Instant.EPOCH);
    Writes writes = new Writes(bench.client, loops, loops.loop("none"));
    new Intake(
            List.of(profile),
            cluster,
            queue,
            new Wakeup(queue, cluster, loops.clock()),
            new VolumePreparation(cluster, writes, loops.loop("none")),
            writes,
            loops.clock())
        .begin();
    Placement placement = new Placement(profile, cluster, loops.entropy());
    List<String> fitting = new ArrayList<>();
    while (queue.hasNext()) {
      PodEntry pod = queue.next().orElseThrow();
      if (placement.decide(pod) instanceof Placement.Decision.Place place) {
        fitting.add(pod.key().name() + " on " + place.node().name());
      }
    }
    return fitting;
  }

  private static List<String> shown(Workbench bench) {
    return bench.list(Resources.PODS).stream()
        .map(
            pod ->
                "%s %s on <%s> for <%s>: %s%n"
                    .formatted(
                        pod.name(),
                        pod.labels(),
                        Pods.nodeName(pod),
                        pod.status().text("nominatedNodeName"),
                        bench.waitsFor(pod.name())))
        .toList();
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
