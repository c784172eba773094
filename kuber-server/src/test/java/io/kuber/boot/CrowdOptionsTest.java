package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CrowdOptionsTest {
  @ParameterizedTest(name = "{0} reads, {1} writes, fair: {2}")
  @CsvSource({
    "-1, 200, true, --max-requests-inflight: -1 is not between 0 and 1",
    "400, 1000001, false, --max-mutating-requests-inflight: 1000001 is not between 0 and 1",
    "0, 0, true, --max-requests-inflight: with --enable-priority-and-fairness it and",
  })
  void refusesNumbersThatNobodyCanMean(int reads, int writes, boolean fair, String begin) {
    assertThatThrownBy(() -> new CrowdOptions(reads, writes, fair))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(begin);
  }

  @Test
  void dividesTheSumOfBoth() {
    assertThat(CrowdOptions.STANDARD.seats()).isEqualTo(600);
    assertThat(new CrowdOptions(0, 0, false).fair()).isFalse();
  }
}
