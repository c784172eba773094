package io.kuber.node.stats;

import io.kuber.api.NodeReading.Amounts;
import io.kuber.container.Usage;
import java.time.Duration;
import java.time.Instant;

/**
 * What somebody uses, and how fast.
 *
 * @param at when it was read
 * @param window since the reading before, or since the beginning
 * @param nanosPerSecond processor time in that window
 */
public record Measured(Instant at, Duration window, Usage usage, long nanosPerSecond) {
  private static final double NANOS = 1e9;

  /** A reading after another of the same thing, {@code earlierNanos} of processor time ago. */
  static Measured after(Instant earlier, long earlierNanos, Instant now, Usage usage) {
    Duration window = Duration.between(earlier, now);
    long spent = Math.max(0, usage.cpuNanos() - earlierNanos);
    long rate =
        window.isNegative() || window.isZero() ? 0 : (long) (spent * NANOS / window.toNanos());
    return new Measured(now, window, usage, rate);
  }

  /** A later reading of the same thing. */
  Measured next(Instant now, Usage later) {
    return after(at, usage.cpuNanos(), now, later);
  }

  /** As clients of metrics.k8s.io see it. */
  Amounts amounts() {
    return new Amounts(nanosPerSecond, usage.workingSetBytes());
  }
}
