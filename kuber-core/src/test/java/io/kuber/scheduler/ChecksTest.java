package io.kuber.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.scheduler.state.Lab;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes and pods change at random; what is remembered about nodes must be what a new look finds.
 */
final class ChecksTest {
  private static final int STEPS = 300;
  private static final int NODES = 4;
  private static final int PODS = 12;

  private static final List<String> SPECS =
      List.of(
          "{priority: 1, containers: [{resources: {requests: {cpu: 1}}}]}",
          "{priority: 5, containers: [{resources: {requests: {cpu: 1}}}]}",
          "{priority: 5, containers: [{ports: [{hostPort: 80}]}]}",
          "{priority: 9, containers: [{resources: {requests: {cpu: 2}}}]}",
          """
          {priority: 5, affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
            {topologyKey: zone, labelSelector: {matchLabels: {app: a}}}]}}}
          """);

  private final Lab lab = new Lab();
  private final Profile profile = DefaultProfile.profile();
  private final Verdicts verdicts = new Verdicts(profile.filters());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void rememberWhatNewLookFinds(long seed) {
    Random random = new Random(Long.getLong("seed", seed));
    int refused = 0;
    int taken = 0;
    for (int step = 0; step < STEPS; step++) {
      change(random);
      PodEntry pod = pod(random);
      Checks remembering = new Checks(profile, verdicts, pod, lab.cluster);
      Checks forgetful = new Checks(profile, new Verdicts(profile.filters()), pod, lab.cluster);
      for (NodeState node : lab.cluster.nodes()) {
        Rejection known = remembering.rejection(node);
        assertThat(known)
            .as("step %d: %s on %s", step, pod.key().name(), node.name())
            .isEqualTo(forgetful.rejectionNow(node));
        refused += known == null ? 0 : 1;
        taken += known == null ? 1 : 0;
      }
    }
    assertThat(refused).isPositive();
    assertThat(taken).isPositive();
  }

  private PodEntry pod(Random random) {
    String name = "p" + random.nextInt(PODS);
    PodEntry known = lab.cluster.pod(Lab.key(name));
    return known != null
        ? known
        : lab.pod(
            name,
            random.nextBoolean() ? "{app: a}" : "{app: b}",
            SPECS.get(random.nextInt(SPECS.size())));
  }

  private void change(Random random) {
    String node = "n" + random.nextInt(NODES);
    PodEntry pod = pod(random);
    switch (random.nextInt(8)) {
      case 0 -> lab.node(node, "{zone: z%d}".formatted(random.nextInt(2)), spec(random));
      case 1 -> lab.cluster.removeNode(node);
      case 2 -> {
        lab.cluster.nominations().withdraw(pod.key());
        lab.cluster.removePod(pod.key());
      }
      case 3, 4 -> {
        if (lab.cluster.placeOf(pod.key()).isEmpty()) {
          lab.cluster.nominations().nominate(pod, node);
        }
      }
      case 5 -> lab.cluster.nominations().withdraw(pod.key());
      default -> {
        lab.cluster.nominations().withdraw(pod.key());
        lab.cluster.place(pod, node);
      }
    }
  }

  private static String spec(Random random) {
    return random.nextInt(4) == 0
        ? "{taints: [{key: k, value: v, effect: NoSchedule}]}"
        : "{unschedulable: %s}".formatted(random.nextInt(4) == 0);
  }
}
