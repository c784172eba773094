package io.kuber.resource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When something is to happen again and again, such as {@code 0 4 * * mon} or {@code @hourly}; the
 * dialect is that of robfig/cron, which Kubernetes uses. Immutable.
 */
public final class CronSchedule {
  /** A schedule that does not come round within so many years (29 February apart) never does. */
  private static final int MAX_YEARS = 5;

  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  private static final String EVERY = "@every ";

  private final Rule rule;
  private final Optional<ZoneId> zone;

  private CronSchedule(Rule rule, Optional<ZoneId> zone) {
    this.rule = rule;
    this.zone = zone;
  }

  /** One way to name moments. */
  private sealed interface Rule {}

  /** Whenever the fields of the clock on the wall match. */
  private record Matching(
      CronField minute, CronField hour, CronField day, CronField month, CronField weekday)
      implements Rule {
    /** A restricted day and a restricted weekday are alternatives, as in every cron. */
    boolean hasDay(ZonedDateTime time) {
      boolean byDay = day.has(time.getDayOfMonth());
      boolean byWeekday = weekday.has(time.getDayOfWeek().getValue() % 7);
      return day.isAny() || weekday.isAny() ? byDay && byWeekday : byDay || byWeekday;
    }
  }

  /** A while after the time before. */
  private record Every(Duration interval) implements Rule {
    /** In whole seconds, and at least one (robfig/cron, constantdelay.go). */
    static Every of(Duration interval) {
      Duration whole = interval.truncatedTo(ChronoUnit.SECONDS);
      return new Every(whole.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : whole);
    }
  }

  /** Parses a schedule; {@link IllegalArgumentException} says what is wrong in cron's words. */
  public static CronSchedule parse(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty spec string");
    }
    if (!text.startsWith("TZ=") && !text.startsWith("CRON_TZ=")) {
      return new CronSchedule(rule(text.strip()), Optional.empty());
    }
    int space = text.indexOf(' ');
    String name = text.substring(text.indexOf('=') + 1, space < 0 ? text.length() : space);
    if (!name.isEmpty() && !ZoneId.getAvailableZoneIds().contains(name)) {
      throw new IllegalArgumentException(
          "provided bad location " + name + ": unknown time zone " + name);
    }
    ZoneId zone = ZoneId.of(name.isEmpty() ? "UTC" : name);
    return new CronSchedule(
        rule(space < 0 ? "" : text.substring(space).strip()), Optional.of(zone));
  }

  private static Rule rule(String text) {
    if (text.startsWith(EVERY)) {
      return Every.of(GoDuration.parse(text.substring(EVERY.length()), text));
    }
    if (text.startsWith("@")) {
      String meaning = NICKNAMES.get(text);
      if (meaning == null) {
        throw new IllegalArgumentException("unrecognized descriptor: " + text);
      }
      return rule(meaning);
    }
    String[] fields = text.isEmpty() ? new String[0] : text.split("\\s+", -1);
    if (fields.length != 5) {
      throw new IllegalArgumentException(
          "expected exactly 5 fields, found "
              + fields.length
              + ": ["
              + String.join(" ", fields)
              + "]");
    }
    return new Matching(
        CronField.MINUTE.parse(fields[0]),
        CronField.HOUR.parse(fields[1]),
        CronField.DAY.parse(fields[2]),
        CronField.MONTH.parse(fields[3].toLowerCase(Locale.ROOT)),
        CronField.WEEKDAY.parse(fields[4].toLowerCase(Locale.ROOT)));
  }

  /**
   * The first moment after {@code time}, never {@code time} itself; empty when none comes within
   * years.
   *
   * @param otherwise the zone whose clock counts, unless the schedule names one itself
   */
  public Optional<Instant> next(Instant time, ZoneId otherwise) {
    if (rule instanceof Every every) {
      return Optional.of(time.truncatedTo(ChronoUnit.SECONDS).plus(every.interval));
    }
    Matching matching = (Matching) rule;
    ZonedDateTime next =
        time.atZone(zone.orElse(otherwise)).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    int lastYear = next.getYear() + MAX_YEARS;
    while (next.getYear() <= lastYear) {
      if (!matching.month.has(next.getMonthValue())) {
        next = next.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay(next.getZone());
      } else if (!matching.hasDay(next)) {
        next = next.toLocalDate().plusDays(1).atStartOfDay(next.getZone());
      } else if (!matching.hour.has(next.getHour())) {
        next = next.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else if (!matching.minute.has(next.getMinute())) {
        next = next.plusMinutes(1);
      } else {
        return Optional.of(next.toInstant());
      }
    }
    return Optional.empty();
  }
}
