package io.kuber.load;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A watch that notes how old each event is when it arrives: since its writer began to send it. */
final class Watcher implements Callable<Latencies> {
  private static final Pattern SENT = Pattern.compile("\"sent\":\"([0-9]+)\"");

  private final Iterator<String> events;
  private final long measured;

  /** Opens the watch, and counts what is written after a quarter of {@code time}. */
  Watcher(Target target, Duration time) {
    this.measured = System.nanoTime() + time.toNanos() / 4;
    this.events = target.watch(time.plus(time.dividedBy(4)));
  }

  /** Reads until the server ends the watch. */
  @Override
  public Latencies call() {
    Latencies latencies = new Latencies();
    while (events.hasNext()) {
      String event = events.next();
      long now = System.nanoTime();
      Matcher sent = SENT.matcher(event);
      if (event.startsWith("{\"type\":\"MODIFIED\"") && sent.find()) {
        long start = Long.parseLong(sent.group(1));
        if (start >= measured) {
          latencies.add(now - start);
        }
      }
    }
    return latencies;
  }
}
