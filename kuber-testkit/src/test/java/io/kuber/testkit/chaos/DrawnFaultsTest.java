package io.kuber.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.resource.Resources;
import io.kuber.testkit.time.VirtualCluster;
import io.kuber.testkit.time.VirtualOptions;
import io.kuber.view.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults that are drawn from a seed. */
final class DrawnFaultsTest {
  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 6
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, image: some}]}
      """;

  private static List<Boolean> draws(long seed) {
    Luck luck = new Luck(seed);
    List<Boolean> draws = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String name = "pod-" + i % 10;
      Asked asked = Asked.of("update", Resources.PODS, "default", name, "test", "");
      draws.add(luck.strikes(0, asked, 0.2));
    }
    return draws;
  }

  @Test
  void drawsTheSameFromTheSameSeed() {
    assertThat(draws(4)).isEqualTo(draws(4)).isNotEqualTo(draws(5));
    assertThat(draws(4).stream().filter(struck -> struck).count()).isBetween(150L, 250L);
  }

  /** All pods run in the end, whatever goes wrong on the way; returns what was written when. */
  private static String runWith(long seed) {
    try (VirtualCluster cluster = VirtualCluster.start(VirtualOptions.of(seed, 3))) {
      Injection writes =
          cluster.faults().when(Requests.writes().by("kube-")).drawn(0.2).then(Fault.unavailable());
      Injection lost =
          cluster
              .faults()
              .when(Requests.writes().by("kube-"))
              .drawn(0.1)
              .then(Fault.timeout().afterTheWrite());
      cluster
          .faults()
          .when(Requests.watch("pods"))
          .drawn(0.2)
          .then(Fault.slowEvent(Duration.ofSeconds(2)));
      cluster.faults().when(Requests.watch("pods")).drawn(0.1).then(Fault.watchExpired());
      cluster.create(WEB);
      cluster.await(
          "six pods are ready",
          Duration.ofMinutes(10),
          () ->
              cluster.list(Resources.PODS, "default").stream().filter(Pods::isReady).count() == 6);
      assertThat(writes.hits() + lost.hits()).isPositive();
      return cluster.digest();
    }
  }

  @Test
  void bringsPodsUpAllTheSameAndReplays() {
    assertThat(runWith(11)).isEqualTo(runWith(11)).isNotEqualTo(runWith(12));
  }
}
