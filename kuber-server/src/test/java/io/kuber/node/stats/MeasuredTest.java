package io.kuber.node.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.api.NodeReading.Amounts;
import io.kuber.container.Usage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MeasuredTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static Usage usage(long cpuNanos) {
    return new Usage(cpuNanos, 300, 200, 100, 1, 0, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "2000, 1000000000, 500000000",
    "500, 1000000000, 2000000000",
    "1000, 0, 0",
    "0, 1000, 0",
    "-1000, 1000, 0",
  })
  void turnsTimeSpentIntoARate(long millis, long nanos, long rate) {
    Measured measured = Measured.after(START, 0, START.plusMillis(millis), usage(nanos));
    assertThat(measured.nanosPerSecond()).isEqualTo(rate);
  }

  @Test
  void comparesWithTheReadingBefore() {
    Measured first = Measured.after(START, 0, START.plusSeconds(10), usage(5_000_000_000L));
    Measured second = first.next(START.plusSeconds(15), usage(6_000_000_000L));
    assertThat(second.window()).isEqualTo(Duration.ofSeconds(5));
    assertThat(second.amounts()).isEqualTo(new Amounts(200_000_000, 200));
  }

  @Test
  void takesACounterThatBeganAnewForNoUse() {
    Measured first = Measured.after(START, 0, START.plusSeconds(10), usage(5_000_000_000L));
    assertThat(first.next(START.plusSeconds(20), usage(1)).nanosPerSecond()).isZero();
  }
}
