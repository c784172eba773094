package io.kuber.controller.simulation;

import io.kuber.loop.Entropy;
import java.time.Duration;

/**
 * How badly the controllers fare; shares are in percent of writes.
 *
 * @param conflict refused because somebody else was faster, though nobody was
 * @param refuse refused for another reason; nothing is written
 * @param lose written, but the answer says that it timed out
 * @param crash the controllers die right before or right after the write, and start anew
 * @param maxLag how late a view learns of a change at most
 * @param lateOwnWrites whether answers may come before the view shows what was written
 * @param maxStale how many changes the image may be old from which controllers start anew
 */
public record Faults(
    int conflict,
    int refuse,
    int lose,
    int crash,
    Duration maxLag,
    boolean lateOwnWrites,
    int maxStale) {
  /** All goes well, and at once. */
  public static final Faults NONE = new Faults(0, 0, 0, 0, Duration.ZERO, false, 0);

  private static final int[] OFTEN = {0, 5, 50};
  private static final int[] SELDOM = {0, 2, 10};
  private static final int[] LAGS = {0, 50, 2000};
  private static final int MAX_STALE = 20;

  /** Draws a mixture of everything that can go wrong. */
  public static Faults all(Entropy entropy) {
    return new Faults(
        one(entropy, OFTEN),
        one(entropy, SELDOM),
        one(entropy, SELDOM),
        one(entropy, SELDOM),
        Duration.ofMillis(one(entropy, LAGS)),
        entropy.below(2) == 0,
        entropy.below(2) * MAX_STALE);
  }

  private static int one(Entropy entropy, int[] of) {
    return of[entropy.below(of.length)];
  }
}
