package io.kuber.scheduler.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes, pods and namespaces come, change and go at random; the counts must be those of a scan. */
final class TalliesTest {
  private static final int STEPS = 400;

  private static final List<String> SPECS =
      List.of(
          "{}",
          """
          {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
            {topologyKey: zone, labelSelector: {matchLabels: {app: a}}}]}}}
          """,
          """
          {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
            {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: b}}},
            {topologyKey: zone, namespaceSelector: {matchLabels: {team: x}},
             labelSelector: {matchLabels: {app: a}}}]}}}
          """,
          """
          {affinity: {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [
            {weight: 7, podAffinityTerm: {topologyKey: zone, labelSelector: {matchLabels: {app: b}}}}
            ]}}}
          """,
          """
          {nodeSelector: {disk: ssd}, topologySpreadConstraints: [
            {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule,
             labelSelector: {matchLabels: {app: a}}},
            {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway,
             nodeTaintsPolicy: Honor, labelSelector: {}}]}
          """);

  private final Lab lab = new Lab();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreeWithScan(long seed) {
    Random random = new Random(Long.getLong("seed", seed));
    for (int step = 0; step < STEPS; step++) {
      change(random);
      for (Tally tally : lab.cluster.tallies()) {
        assertThat(counted(tally))
            .as("step %d, %s", step, tally.key())
            .isEqualTo(scanned(tally.key()));
      }
    }
    assertThat(lab.cluster.tallies()).isNotEmpty();
  }

  private void change(Random random) {
    String node = "n" + random.nextInt(6);
    String pod = "p" + random.nextInt(20);
    switch (random.nextInt(8)) {
      case 0 -> lab.node(node, labels(random), random.nextInt(3) == 0 ? TAINTED : "{}");
      case 1 -> lab.cluster.removeNode(node);
      case 2 -> lab.cluster.removePod(Lab.key(pod));
      case 3 -> lab.cluster.unplace(Lab.key(pod));
      case 4 ->
          lab.cluster.putNamespace(
              "default", random.nextBoolean() ? Lab.yaml("{team: x}") : Tree.EMPTY);
      case 5 -> stop(pod);
      default -> {
        PodEntry entry =
            lab.pod(
                pod,
                random.nextBoolean() ? "{app: a}" : "{app: b}",
                SPECS.get(random.nextInt(SPECS.size())));
        lab.cluster.needs(entry.shape());
        if (random.nextBoolean()) {
          lab.cluster.place(entry, node);
        }
      }
    }
  }

  private static final String TAINTED = "{taints: [{key: k, value: v, effect: NoSchedule}]}";

  private void stop(String pod) {
    PodEntry known = lab.cluster.pod(Lab.key(pod));
    if (known != null) {
      KubeObject stopping =
          known.object().with("2026-01-01T00:00:00Z", "metadata", "deletionTimestamp");
      lab.cluster.putPod(known.key(), stopping);
    }
  }

  private static String labels(Random random) {
    List<String> labels = new ArrayList<>();
    if (random.nextInt(4) > 0) {
      labels.add("zone: z" + random.nextInt(3));
    }
    if (random.nextBoolean()) {
      labels.add("disk: ssd");
    }
    return "{" + String.join(", ", labels) + "}";
  }

  /** Per node, since places have no names here; and the sums. */
  private Map<String, Long> counted(Tally tally) {
    Map<String, Long> counts = new HashMap<>();
    for (NodeState node : lab.cluster.nodes()) {
      counts.put(node.name(), tally.at(node));
    }
    counts.put("total", tally.total());
    counts.put("places", (long) tally.places());
    counts.put("least", tally.least());
    return counts;
  }

  private Map<String, Long> scanned(TallyKey key) {
    Map<String, Long> places = new HashMap<>();
    long total = 0;
    for (NodeState node : lab.cluster.nodes()) {
      String place = node.labels().text(key.topologyKey());
      if (!place.isEmpty() && key.includes(node)) {
        long here = 0;
        for (PodEntry pod : node.pods()) {
          here += key.share(pod.shape(), pod.stopping(), lab.cluster.namespaces());
        }
        places.merge(place, here, Long::sum);
        total += here;
      }
    }
    Map<String, Long> counts = new HashMap<>();
    for (NodeState node : lab.cluster.nodes()) {
      counts.put(node.name(), places.getOrDefault(node.labels().text(key.topologyKey()), 0L));
    }
    counts.put("total", total);
    counts.put("places", (long) places.size());
    counts.put("least", places.values().stream().mapToLong(Long::longValue).min().orElse(0));
    return counts;
  }
}
