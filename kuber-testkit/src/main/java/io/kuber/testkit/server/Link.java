package io.kuber.testkit.server;

import io.kuber.loop.Entropy;
import java.time.Duration;

/**
 * How one server is connected with the one that leads.
 *
 * @param isUp whether anything passes, either way
 * @param delay of each change on its way to the server
 * @param jitter which may be added to it, by chance; changes do not overtake each other
 */
record Link(boolean isUp, Duration delay, Duration jitter) {
  private static final int THOUSAND = 1_000;

  /** As between servers that stand side by side. */
  static final Link GOOD = new Link(true, Duration.ZERO, Duration.ZERO);

  Link {
    if (delay.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException("changes do not arrive before they are made");
    }
  }

  Link up(boolean passes) {
    return new Link(passes, delay, jitter);
  }

  Link slow(Duration time, Duration more) {
    return new Link(isUp, time, more);
  }

  /** How long the next change takes. */
  Duration draw(Entropy entropy) {
    return delay.plus(share(jitter, entropy));
  }

  /** A part of that time, drawn in thousandths. */
  static Duration share(Duration time, Entropy entropy) {
    return time.isZero()
        ? time
        : time.multipliedBy(entropy.below(THOUSAND + 1)).dividedBy(THOUSAND);
  }
}
