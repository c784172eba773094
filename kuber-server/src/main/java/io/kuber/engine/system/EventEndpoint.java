package io.kuber.engine.system;

import io.kuber.engine.EngineException;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Filters;
import io.kuber.engine.wire.ProgressLines;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** {@code GET /events}: what has happened and what happens. */
final class EventEndpoint {
  private static final int NANO_DIGITS = 9;

  private final HappeningLog log;

  EventEndpoint(HappeningLog log) {
    this.log = log;
  }

  void answer(Call call) throws IOException {
    Filters filters =
        call.filters()
            .allow("type", "event", "scope", "label", "container", "image", "network", "volume");
    Instant since = call.query("since").map(EventEndpoint::time).orElse(Instant.MAX);
    Instant until = call.query("until").map(EventEndpoint::time).orElse(Instant.MAX);
    HappeningLog.Watch watch = log.watch(!since.equals(Instant.MAX));
    call.onGone(watch::close);
    try (ProgressLines lines = call.progress()) {
      Instant last = until.equals(Instant.MAX) ? log.now().plusSeconds(Integer.MAX_VALUE) : until;
      for (List<Happening> news = watch.next(last); !news.isEmpty(); news = watch.next(last)) {
        for (Happening one : news) {
          boolean isInTime =
              (since.equals(Instant.MAX) || !one.time().isBefore(since))
                  && !one.time().isAfter(until);
          if (isInTime && one.isFor(filters)) {
            lines.line(one.tree());
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while watching", e);
    }
  }

  /** Seconds with or without parts, or RFC 3339. */
  static Instant time(String text) {
    try {
      if (text.matches("[0-9]{1,11}(\\.[0-9]{1,9})?")) {
        BigDecimal seconds = new BigDecimal(text);
        return Instant.ofEpochSecond(
            seconds.longValue(),
            seconds.remainder(BigDecimal.ONE).movePointRight(NANO_DIGITS).longValue());
      }
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new EngineException(400, "invalid time \"" + text + "\"", e);
    }
  }
}
