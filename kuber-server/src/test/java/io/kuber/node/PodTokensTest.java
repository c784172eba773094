package io.kuber.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodTokensTest {
  private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({"PT10M, PT8M", "PT1H, PT48M", "PT24H, PT19H12M", "PT48H, PT24H", "PT8760H, PT24H"})
  void renewsAtFourFifthsOfTheLifeOfATokenButDailyAtLeast(Duration life, Duration age) {
    assertThat(PodTokens.renewal(ISSUED, ISSUED.plus(life))).isEqualTo(ISSUED.plus(age));
  }
}
