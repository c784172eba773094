package io.kuber.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.loop.Entropy;
import io.kuber.loop.SimulatedLoops;
import io.kuber.resource.AddressRange;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses are drawn, until there are none. */
final class ServiceRangesTest {
  private final Entropy entropy =
      new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z")).entropy();

  @ParameterizedTest
  @CsvSource({"10.0.0.0/30, 2", "10.0.0.0/28, 14", "10.0.0.0/26, 62", "10.0.0.0/32, 0"})
  void givesEveryAddressOnceButFirstAndLast(String block, int count) {
    ServiceRanges ranges = new ServiceRanges(List.of(AddressRange.parse(block)));
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < count; i++) {
      assertThat(ranges.draw(entropy, taken::add)).isPresent();
    }
    assertThat(ranges.draw(entropy, taken::add)).isEmpty();
    assertThat(taken).doesNotContain("10.0.0.0");
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0/26"})
  void keepsTheLowestForThoseWhoAsk(String block) {
    ServiceRanges ranges = new ServiceRanges(List.of(AddressRange.parse(block)));
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < 47; i++) {
      ranges.draw(entropy, taken::add);
    }
    assertThat(taken).hasSize(47).doesNotContain("10.0.0.1", "10.0.0.15").contains("10.0.0.16");
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0/30, 10.1.0.0/28"})
  void goesOnInTheNextBlockWhereOneIsFull(String first, String second) {
    ServiceRanges ranges =
        new ServiceRanges(List.of(AddressRange.parse(first), AddressRange.parse(second)));
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      ranges.draw(entropy, taken::add);
    }
    assertThat(taken).contains("10.0.0.1", "10.0.0.2").anyMatch(one -> one.startsWith("10.1.0."));
  }
}
