package io.kuber.controller.simulation;

import java.time.Duration;

/**
 * What becomes of one pod.
 *
 * @param start from being bound until it runs
 * @param ready from running until it is ready; negative for never
 * @param end from running until it ends; negative for never
 * @param exitCode of all its containers, when it ends
 * @param stop from the wish to delete it until it is gone
 */
public record Lot(Duration start, Duration ready, Duration end, int exitCode, Duration stop) {
  static final Duration NEVER = Duration.ofSeconds(-1);

  /** A pod that becomes ready and stays so. */
  public static Lot steady(Duration start, Duration ready, Duration stop) {
    return new Lot(start, ready, NEVER, 0, stop);
  }

  /** This lot with an end. */
  public Lot ending(Duration after, int code) {
    return new Lot(start, ready, after, code, stop);
  }

  /** This lot without ever being ready. */
  public Lot neverReady() {
    return new Lot(start, NEVER, end, exitCode, stop);
  }
}
