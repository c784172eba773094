package io.kuber.server.tunnel;

import io.kuber.api.LogOptions;
import io.kuber.http.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/** The query of a log request (PodLogOptions of core/v1). */
final class LogQuery {
  private LogQuery() {}

  static LogOptions options(Query query, InstantSource clock) {
    return new LogOptions(
        query.isTrue("follow"),
        query.isTrue("previous"),
        query.isTrue("timestamps"),
        since(query, clock),
        number(query, "tailLines", 0),
        number(query, "limitBytes", 1));
  }

  private static Optional<Instant> since(Query query, InstantSource clock) {
    OptionalLong seconds = number(query, "sinceSeconds", 1);
    Optional<String> time = query.first("sinceTime").filter(text -> !text.isEmpty());
    if (seconds.isPresent() && time.isPresent()) {
      throw Refusal.badRequest("at most one of sinceTime or sinceSeconds may be specified");
    }
    return seconds.isPresent()
        ? Optional.of(clock.instant().minusSeconds(seconds.getAsLong()))
        : time.map(LogQuery::instant);
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw Refusal.badRequest("sinceTime: \"" + text + "\" is not a time as in RFC 3339");
    }
  }

  private static OptionalLong number(Query query, String name, long least) {
    Optional<String> text = query.first(name).filter(value -> !value.isEmpty());
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= least) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Refusal.badRequest(
        name + ": \"" + text.get() + "\" is not an integer of at least " + least);
  }
}
