package io.kuber.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What schedules mean, and how wrong ones are refused. */
class CronScheduleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * *         | UTC           | 2026-01-01T00:00:30Z | 2026-01-01T00:01:00Z",
        "* * * * *         | UTC           | 2026-01-01T00:01:00Z | 2026-01-01T00:02:00Z",
        "*/15 * * * *      | UTC           | 2026-01-01T00:16:00Z | 2026-01-01T00:30:00Z",
        "5/20 * * * *      | UTC           | 2026-01-01T00:26:00Z | 2026-01-01T00:45:00Z",
        "0 4 * * *         | UTC           | 2026-01-01T04:00:00Z | 2026-01-02T04:00:00Z",
        "0 4 * * *         | Europe/Rome   | 2026-01-01T00:00:00Z | 2026-01-01T03:00:00Z",
        "0 0 31 * *        | UTC           | 2026-02-01T00:00:00Z | 2026-03-31T00:00:00Z",
        "0 0 29 2 *        | UTC           | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z",
        "30 9 * * MON-FRI  | UTC           | 2026-01-02T10:00:00Z | 2026-01-05T09:30:00Z",
        "0 0 13 * fri      | UTC           | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z",
        "0 0 1 jan,jul *   | UTC           | 2026-01-01T00:00:00Z | 2026-07-01T00:00:00Z",
        "30 2 * * *        | Europe/Rome   | 2026-03-28T12:00:00Z | 2026-03-30T00:30:00Z",
        "@hourly           | UTC           | 2026-01-01T00:00:00Z | 2026-01-01T01:00:00Z",
        "@weekly           | UTC           | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z",
        "@every 1h30m      | UTC           | 2026-01-01T00:00:05Z | 2026-01-01T01:30:05Z",
        "TZ=Asia/Tokyo 0 9 * * * | UTC     | 2025-12-31T12:00:00Z | 2026-01-01T00:00:00Z"
      })
  void comesRoundNext(String schedule, String zone, Instant after, Instant next) {
    assertThat(CronSchedule.parse(schedule).next(after, ZoneId.of(zone))).contains(next);
  }

  @Test
  void neverComesOnDayThatIsNot() {
    assertThat(CronSchedule.parse("0 0 31 2 *").next(Instant.EPOCH, ZoneId.of("UTC"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "* * * *       | expected exactly 5 fields, found 4: [* * * *]",
        "60 * * * *    | end of range (60) above maximum (59): 60",
        "* * 0 * *     | beginning of range (0) below minimum (1): 0",
        "* * * * 7     | end of range (7) above maximum (6): 7",
        "9-5 * * * *   | beginning of range (9) beyond end of range (5): 9-5",
        "*/0 * * * *   | step of range should be a positive number: */0",
        "1-2-3 * * * * | too many hyphens: 1-2-3",
        "1/2/3 * * * * | too many slashes: 1/2/3",
        "x * * * *     | failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax",
        "@sometimes    | unrecognized descriptor: @sometimes",
        "@every soon   | failed to parse duration @every soon: time: invalid duration \"soon\"",
        "TZ=Mars/Base 0 0 * * * | provided bad location Mars/Base: unknown time zone Mars/Base"
      })
  void refuses(String schedule, String why) {
    assertThatThrownBy(() -> CronSchedule.parse(schedule)).hasMessage(why);
  }
}
