package io.kuber.cli.command;

import io.kuber.cli.output.CommandFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;

/** Waits for something to become true, for as long as somebody at a terminal would. */
final class Patience {
  static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 50;

  private Patience() {}

  /** Reads something that may fail while it is not there yet. */
  interface Reading<T> {
    T read() throws IOException, InterruptedException;
  }

  /**
   * Reads until {@code wanted} holds and returns what was read.
   *
   * @param expected as the failure tells it: what was expected when the limit is reached
   */
  static <T> T until(String expected, Reading<T> reading, Predicate<T> wanted)
      throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    String seen = "nothing";
    while (System.nanoTime() < deadline) {
      try {
        T value = reading.read();
        if (wanted.test(value)) {
          return value;
        }
        seen = String.valueOf(value);
      } catch (IOException e) {
        seen = e.toString();
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new CommandFailure(
        "expected within " + LIMIT.toSeconds() + " s: " + expected + "; seen: " + seen);
  }
}
