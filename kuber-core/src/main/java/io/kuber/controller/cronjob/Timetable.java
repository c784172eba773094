package io.kuber.controller.cronjob;

import io.kuber.object.KubeObject;
import io.kuber.resource.CronSchedule;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a CronJob starts jobs.
 *
 * @param zone whose clock counts
 * @param last the last start; the making of the CronJob before there was one
 * @param deadline how late a start may be; empty for however late
 */
record Timetable(CronSchedule schedule, ZoneId zone, Instant last, Optional<Duration> deadline) {
  /** A moment past the time itself, so that nobody wakes too early (upstream). */
  private static final Duration DELTA = Duration.ofMillis(100);

  /** {@link IllegalArgumentException} says what is wrong with the schedule. */
  static Timetable of(KubeObject cron) {
    Instant last = lastStart(cron).orElseGet(cron::createdAt);
    OptionalLong deadline =
        cron.spec().get("startingDeadlineSeconds") instanceof Number number
            ? OptionalLong.of(number.longValue())
            : OptionalLong.empty();
    return new Timetable(
        CronSchedule.parse(cron.spec().text("schedule")),
        zoneOf(cron),
        last,
        deadline.isPresent()
            ? Optional.of(Duration.ofSeconds(deadline.getAsLong()))
            : Optional.empty());
  }

  static Optional<Instant> lastStart(KubeObject cron) {
    String last = cron.status().text("lastScheduleTime");
    return last.isEmpty() ? Optional.empty() : Optional.of(Timestamps.parse(last));
  }

  /** UTC where the CronJob does not say; its check lets no unknown zone in. */
  static ZoneId zoneOf(KubeObject cron) {
    String zone = cron.spec().text("timeZone");
    return zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
  }

  /** The starts that are due, those too late to matter left out. */
  Missed missed(Instant now) {
    Instant since =
        deadline.map(now::minus).filter(earliest -> earliest.isAfter(last)).orElse(last);
    return Missed.of(schedule, zone, since, now);
  }

  boolean isTooLate(Instant start, Instant now) {
    return deadline.filter(late -> start.plus(late).isBefore(now)).isPresent();
  }

  /** How long until the next start; empty when there is none. */
  Optional<Duration> untilNext(Instant now) {
    Missed missed = Missed.of(schedule, zone, last, now);
    Instant from = missed.latest().orElse(missed.count() == 0 ? missed.since() : now);
    return schedule.next(from, zone).map(next -> Duration.between(now, next.plus(DELTA)));
  }
}
