package io.kuber.server.route;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.api.WatchStream;
import io.kuber.api.WatchStream.Event;
import io.kuber.loop.Loop;
import io.kuber.loop.Loop.Timer;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the events of one watch to its client, as fast as the client takes them. Owned by one
 * loop; signals from elsewhere only hand over.
 *
 * <p>A client that reads slowly makes the pump stop; what it misses stays in the shared history,
 * and when that has moved on, the watch ends with 410 and the client lists anew.
 */
final class WatchPump {
  private static final Logger LOG = LoggerFactory.getLogger(WatchPump.class);
  private static final int BATCH = 128;
  private static final Duration BOOKMARK_INTERVAL = Duration.ofMinutes(1);

  private final WatchStream events;
  private final EventEncoder encoder;
  private final EventSink sink;
  private final Loop loop;
  private final boolean bookmarks;
  private long bookmarked;
  private boolean over;

  WatchPump(
      WatchStream events, EventEncoder encoder, EventSink sink, Loop loop, boolean bookmarks) {
    this.events = events;
    this.encoder = encoder;
    this.sink = sink;
    this.loop = loop;
    this.bookmarks = bookmarks;
  }

  void start(Duration timeout) {
    Timer end = loop.schedule(timeout, this::timeOut);
    sink.onClose(
        () ->
            loop.execute(
                () -> {
                  end.cancel();
                  finish();
                }));
    events.onReady(() -> loop.execute(this::pump));
    loop.execute(this::pump);
    scheduleBookmark();
  }

  private void pump() {
    try {
      carry();
    } catch (RuntimeException e) {
      LOG.error("a watch ends, because an event could not be shown", e);
      sink.send(
          encoder.error(
              new ApiException(StatusReason.INTERNAL_ERROR, String.valueOf(e.getMessage()))));
      sink.end();
      finish();
    }
  }

  private void carry() {
    while (!over) {
      if (!sink.isWritable()) {
        sink.onWritable(() -> loop.execute(this::pump));
        return;
      }
      List<Event> batch = next();
      if (batch.isEmpty()) {
        return;
      }
      batch.forEach(event -> sink.send(encoder.encoded(event)));
    }
  }

  private List<Event> next() {
    try {
      return events.poll(BATCH);
    } catch (ApiException expired) {
      sink.send(encoder.error(expired));
      sink.end();
      finish();
      return List.of();
    }
  }

  private void scheduleBookmark() {
    if (bookmarks && !over) {
      loop.schedule(
          BOOKMARK_INTERVAL,
          () -> {
            sendBookmark();
            scheduleBookmark();
          });
    }
  }

  /** Tells how far the watch has come, unless the client knows or cannot take it now. */
  private void sendBookmark() {
    if (!over && sink.isWritable() && events.revision() > bookmarked) {
      bookmarked = events.revision();
      sink.send(encoder.bookmark(bookmarked));
    }
  }

  private void timeOut() {
    if (!over) {
      if (bookmarks) {
        sendBookmark();
      }
      sink.end();
      finish();
    }
  }

  private void finish() {
    if (!over) {
      over = true;
      events.close();
    }
  }
}
