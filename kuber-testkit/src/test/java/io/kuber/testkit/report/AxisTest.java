package io.kuber.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.report.Units.Unit;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written on axes: round numbers with units, and not too many of them. */
final class AxisTest {
  private static String labels(Axis axis) {
    return axis.ticks().stream().map(Axis.Tick::label).collect(Collectors.joining(" | "));
  }

  @ParameterizedTest
  @CsvSource({
    "COUNT, 0, '0 | 1'",
    "COUNT, 7, '0 | 2 | 4 | 6 | 8'",
    "COUNT, 9800, '0 | 2,000 | 4,000 | 6,000 | 8,000 | 10,000'",
    "SECONDS, 0.0031, '0 | 1 ms | 2 ms | 3 ms | 4 ms'",
    "SECONDS, 12.4, '0 | 2.5 s | 5 s | 7.5 s | 10 s | 12.5 s'",
    "BYTES, 700000000, '0 | 200 MiB | 400 MiB | 600 MiB | 800 MiB'",
    "BYTES, 5000000000, '0 | 1 GiB | 2 GiB | 3 GiB | 4 GiB | 5 GiB'",
  })
  void hasRoundValuesWithUnits(Unit unit, double most, String labels) {
    assertThat(labels(Axis.of(unit, most, 0, 100, 5))).isEqualTo(labels);
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, '0 s | 100 ms | 200 ms | 300 ms | 400 ms | 500 ms | 600 ms | 700 ms | 800 ms | 900 ms'",
    "61, '0 s | 10 s | 20 s | 30 s | 40 s | 50 s | 60 s'",
    "700, '0:00 | 1:00 | 2:00 | 3:00 | 4:00 | 5:00 | 6:00 | 7:00 | 8:00 | 9:00 | 10:00 | 11:00'",
  })
  void tellsTimeAsClocksDo(double end, String labels) {
    assertThat(labels(Axis.ofTime(end, 0, 100, 12))).isEqualTo(labels);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0002, 0.03, '100 µs | 1 ms | 10 ms | 100 ms'",
    "0.001, 0.001, '1 ms | 10 ms'",
  })
  void holdsAllBetweenPowersOfTen(double least, double most, String labels) {
    Axis axis = Axis.ofPowers(least, most, 0, 100);
    assertThat(labels(axis)).isEqualTo(labels);
    assertThat(axis.at(axis.low())).isZero();
    assertThat(axis.at(axis.high())).isEqualTo(100);
  }
}
