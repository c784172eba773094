package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kuber.resource.Verb;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
  private final Traffic traffic = new Traffic();

  @Test
  void tellsTimesWithinNinePercent() {
    for (int i = 1; i <= 1000; i++) {
      traffic.answered(Verb.GET, Duration.ofMillis(i));
    }
    Latencies gets = traffic.latencies(Verb.GET);
    assertThat(gets.count()).isEqualTo(1000);
    assertThat(gets.seconds(50)).isCloseTo(0.5, within(0.07));
    assertThat(gets.seconds(99)).isCloseTo(0.99, within(0.13));
    assertThat(gets.seconds(100)).isGreaterThanOrEqualTo(1);
    assertThat(traffic.latencies(Verb.LIST).count()).isZero();
  }

  @Test
  void tellsWhatCameSinceAndWhatBothHave() {
    traffic.answered(Verb.CREATE, Duration.ofMillis(1));
    Latencies first = traffic.latencies(Verb.CREATE);
    traffic.answered(Verb.CREATE, Duration.ofSeconds(1));
    Latencies later = traffic.latencies(Verb.CREATE).since(first);
    assertThat(later.count()).isEqualTo(1);
    assertThat(later.seconds(50)).isCloseTo(1, within(0.13));
    assertThat(later.plus(first).count()).isEqualTo(2);
  }

  @Test
  void knowsNothingOfNothing() {
    assertThat(Latencies.NONE.seconds(99)).isZero();
    traffic.answered(Verb.GET, Duration.ZERO);
    assertThat(traffic.latencies(Verb.GET).count()).isEqualTo(1);
  }
}
