package io.kuber.controller.cronjob;

import io.kuber.resource.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Which start of a schedule is due (upstream: mostRecentScheduleTime in
 * pkg/controller/cronjob/utils.go).
 *
 * @param since where the search began
 * @param latest the latest start up to now
 * @param count how many starts there have been since, about
 */
record Missed(Instant since, Optional<Instant> latest, long count) {
  /** So many starts can hardly all have been missed: rather a clock is wrong. */
  private static final long MANY = 100;

  /** Starts that are tried from the last estimate on; it is at most a few too early. */
  private static final int MAX_TRIES = 1000;

  /**
   * The starts in {@code (since, now]}.
   *
   * @throws IllegalArgumentException when the schedule's times are no second apart
   */
  static Missed of(CronSchedule schedule, ZoneId zone, Instant since, Instant now) {
    Optional<Instant> first = schedule.next(since, zone).filter(time -> !time.isAfter(now));
    if (first.isEmpty()) {
      return new Missed(since, Optional.empty(), 0);
    }
    Optional<Instant> second = schedule.next(first.get(), zone).filter(time -> !time.isAfter(now));
    if (second.isEmpty()) {
      return new Missed(since, first, 1);
    }
    long between = Duration.between(first.get(), second.get()).toSeconds();
    if (between < 1) {
      throw new IllegalArgumentException(
          "time difference between two schedules is less than 1 second");
    }
    long count = Duration.between(first.get(), now).toSeconds() / between + 1;
    Instant estimate = first.get().plusSeconds((count - 2) * between);
    return new Missed(since, latest(schedule, zone, estimate, now), count);
  }

  private static Optional<Instant> latest(
      CronSchedule schedule, ZoneId zone, Instant after, Instant now) {
    Optional<Instant> latest = Optional.empty();
    Optional<Instant> next = schedule.next(after, zone);
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      if (next.isEmpty() || next.get().isAfter(now)) {
        return latest;
      }
      latest = next;
      next = schedule.next(next.get(), zone);
    }
    return latest;
  }

  boolean isMany() {
    return count > MANY;
  }
}
