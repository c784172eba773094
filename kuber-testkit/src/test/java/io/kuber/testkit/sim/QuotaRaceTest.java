package io.kuber.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A hundred clients of three servers, of which some die, lag, or lose the lead: never more than the
 * quota allows, and in the end as many. {@code -Dseed=N} runs one, {@code -Dseeds=N} so many.
 */
final class QuotaRaceTest {
  private static final int SEEDS = Integer.getInteger("seeds", 10);

  @Test
  void neverExceedsTheQuotaAndFillsIt() {
    Long one = Long.getLong("seed");
    List<QuotaRace.Report> reports =
        LongStream.range(one == null ? 0 : one, one == null ? SEEDS : one + 1)
            .parallel()
            .mapToObj(QuotaRaceTest::runOrFail)
            .toList();
    assertThat(reports).allSatisfy(report -> assertThat(report.made()).isGreaterThan(15));
    assertThat(reports).allSatisfy(report -> assertThat(report.refusals()).isGreaterThan(100));
  }

  private static QuotaRace.Report runOrFail(long seed) {
    QuotaRace.Report report = QuotaRace.run(seed, Flaw.NONE);
    assertThat(report.problems()).as("repeat with -Dseed=" + seed).isEmpty();
    return report;
  }

  @Test
  void seesThatNobodyLooksWhetherTheQuotaHasChanged() {
    assertThat(LongStream.range(0, SEEDS))
        .anyMatch(seed -> !QuotaRace.run(seed, Flaw.NO_REVISION_CHECK).problems().isEmpty());
  }
}
