package io.kuber.resource.builtin;

import io.kuber.object.Tree;
import io.kuber.resource.CronSchedule;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.time.ZoneId;
import java.util.Objects;
import java.util.regex.Pattern;

/** What is wrong with when a CronJob is to run. */
final class ScheduleCheck {
  private static final FieldPath SCHEDULE = FieldPath.SPEC.child("schedule");
  private static final FieldPath ZONE = FieldPath.SPEC.child("timeZone");

  private static final Pattern ZONE_PART = Pattern.compile("[A-Za-z._0-9+-]{1,14}");

  private ScheduleCheck() {}

  /** Reports what is wrong with a schedule; {@code old} is empty when there was none. */
  static void check(Tree spec, Tree old, Problems problems) {
    String schedule = spec.text("schedule");
    if (schedule.isEmpty()) {
      problems.required(SCHEDULE, "");
    } else {
      checkSchedule(schedule, spec, old.text("schedule").contains("TZ"), problems);
    }
  }

  /** Reports what is wrong with a zone, unless {@code old} has it already. */
  static void checkZone(Tree spec, Tree old, Problems problems) {
    if (spec.has("timeZone") && !Objects.equals(spec.get("timeZone"), old.get("timeZone"))) {
      checkZone(spec.text("timeZone"), problems);
    }
  }

  private static void checkSchedule(
      String schedule, Tree spec, boolean mayNameZone, Problems problems) {
    try {
      CronSchedule.parse(schedule);
    } catch (IllegalArgumentException malformed) {
      problems.invalid(SCHEDULE, schedule, String.valueOf(malformed.getMessage()));
    }
    if (!schedule.contains("TZ")) {
      return;
    }
    if (!mayNameZone) {
      problems.invalid(
          SCHEDULE, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    } else if (spec.has("timeZone")) {
      problems.invalid(
          SCHEDULE, schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
    }
  }

  private static void checkZone(String zone, Problems problems) {
    if (zone.isEmpty()) {
      problems.invalid(ZONE, zone, "timeZone must be nil or non-empty string");
      return;
    }
    for (String part : zone.split("/", -1)) {
      boolean odd = part.equals(".") || part.equals("..") || part.startsWith("-");
      if (odd || !ZONE_PART.matcher(part).matches()) {
        problems.invalid(ZONE, zone, "unknown time zone " + zone);
        return;
      }
    }
    if (zone.equalsIgnoreCase("Local")) {
      problems.invalid(
          ZONE,
          zone,
          "timeZone must be an explicit time zone as defined in"
              + " https://www.iana.org/time-zones");
    }
    if (!zone.equals("Local") && !ZoneId.getAvailableZoneIds().contains(zone)) {
      problems.invalid(ZONE, zone, "unknown time zone " + zone);
    }
  }
}
