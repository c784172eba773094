package io.kuber.cel.library;

import com.google.common.collect.ImmutableMap;
import io.kuber.cel.library.Overload.Body;
import io.kuber.cel.value.CelFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The parts of moments, in UTC or a named zone, and of durations. */
final class Times {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private Times() {}

  static Map<String, Body> functions() {
    return ImmutableMap.<String, Body>builder()
        .put("getFullYear", part(ZonedDateTime::getYear))
        .put("getMonth", part(time -> time.getMonthValue() - 1L))
        .put("getDayOfYear", part(time -> time.getDayOfYear() - 1L))
        .put("getDayOfMonth", part(time -> time.getDayOfMonth() - 1L))
        .put("getDate", part(ZonedDateTime::getDayOfMonth))
        .put("getDayOfWeek", part(time -> time.getDayOfWeek().getValue() % 7))
        .put("getHours", part(ZonedDateTime::getHour, Duration::toHours))
        .put("getMinutes", part(ZonedDateTime::getMinute, Duration::toMinutes))
        .put("getSeconds", part(ZonedDateTime::getSecond, Duration::toSeconds))
        .put("getMilliseconds", part(time -> time.getNano() / NANOS_PER_MILLI, Duration::toMillis))
        .buildOrThrow();
  }

  private static Body part(ToLongFunction<ZonedDateTime> ofMoment) {
    return part(
        ofMoment,
        duration -> {
          throw CelFailure.noSuchOverload();
        });
  }

  private static Body part(
      ToLongFunction<ZonedDateTime> ofMoment, ToLongFunction<Duration> ofDuration) {
    return (args, meter) -> {
      if (args[0] instanceof Instant moment) {
        return ofMoment.applyAsLong(moment.atZone(zone(args)));
      }
      if (args[0] instanceof Duration duration) {
        return ofDuration.applyAsLong(duration);
      }
      throw CelFailure.noSuchOverload();
    };
  }

  private static ZoneId zone(Object[] args) {
    if (args.length == 1) {
      return ZoneOffset.UTC;
    }
    String name = Containers.text(args[1]);
    boolean isOffset = !name.isEmpty() && Character.isDigit(name.charAt(0));
    try {
      return ZoneId.of(isOffset ? "+" + name : name);
    } catch (DateTimeException unknown) {
      throw new CelFailure("unknown time zone " + name);
    }
  }
}
