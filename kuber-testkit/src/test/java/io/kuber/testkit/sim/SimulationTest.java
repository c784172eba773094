package io.kuber.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.kuber.testkit.sim.Simulation.Report;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thousands of runs, each from a seed that a failure prints. {@code -Dseed=N} runs that one, {@code
 * -Dseeds=N} so many.
 */
class SimulationTest {
  private static final Logger LOG = LoggerFactory.getLogger(SimulationTest.class);
  private static final int SEEDS = Integer.getInteger("seeds", 2_000);
  private static final int SEEDS_TO_CATCH_A_FLAW = 200;

  @Test
  void keepsEveryPromiseWhateverTheLogDoes() {
    Long one = Long.getLong("seed");
    long first = one == null ? 0 : one;
    long seeds = one == null ? SEEDS : 1;
    Report[] reports =
        LongStream.range(first, first + seeds)
            .parallel()
            .mapToObj(SimulationTest::runOrFail)
            .toArray(Report[]::new);
    long acknowledged = 0;
    long unknown = 0;
    long watches = 0;
    for (Report report : reports) {
      acknowledged += report.acknowledged();
      unknown += report.unknown();
      watches += report.watches();
    }
    LOG.info(
        "{} runs: {} acknowledged writes, {} unknown, {} watches",
        seeds,
        acknowledged,
        unknown,
        watches);
    assertThat(acknowledged).as("writes that got through").isGreaterThan(10 * seeds);
    assertThat(unknown).as("outcomes that nobody knows").isPositive();
  }

  private static Report runOrFail(long seed) {
    Report report;
    try {
      report = Simulation.run(seed, Flaw.NONE);
    } catch (RuntimeException e) {
      throw new AssertionError("repeat with -Dseed=" + seed, e);
    }
    if (!report.problems().isEmpty()) {
      fail("repeat with -Dseed=" + seed + ":\n" + String.join("\n", report.problems()));
    }
    return report;
  }

  @Test
  void repeatsARunFromItsSeed() {
    assertThat(Simulation.run(17, Flaw.NONE)).isEqualTo(Simulation.run(17, Flaw.NONE));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void seesEveryFlaw(Flaw flaw) {
    for (long seed = 0; seed < SEEDS_TO_CATCH_A_FLAW; seed++) {
      Report report = Simulation.run(seed, flaw);
      if (!report.problems().isEmpty()) {
        LOG.info("{} shows in run {}: {}", flaw, seed, report.problems().get(0));
        return;
      }
    }
    fail(flaw + " does not show in " + SEEDS_TO_CATCH_A_FLAW + " runs");
  }
}
