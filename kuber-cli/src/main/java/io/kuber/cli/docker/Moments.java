package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Moments as flags have them: seconds since 1970, a date and time, or how long ago it was. */
final class Moments {
  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant(),
          text -> LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant());

  private Moments() {}

  /** Seconds since 1970, as the engine takes them; an empty text stays empty. */
  static String of(String flag, String text, Instant now) {
    if (text.isEmpty() || text.matches("\\d{1,12}(\\.\\d{1,9})?")) {
      return text;
    }
    for (Function<String, Instant> form : FORMS) {
      Optional<Instant> moment = parsed(form, text);
      if (moment.isPresent()) {
        return seconds(moment.get());
      }
    }
    Duration ago = Amounts.time(flag, text);
    if (ago.isNegative()) {
      throw new CommandFailure(flag + ": " + text + " is to come");
    }
    return seconds(now.minus(ago));
  }

  private static Optional<Instant> parsed(Function<String, Instant> form, String text) {
    try {
      return Optional.of(form.apply(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String seconds(Instant moment) {
    return moment.getEpochSecond() + ".%09d".formatted(moment.getNano());
  }
}
