package io.kuber.server.audit;

import java.time.Duration;
import java.time.Instant;

/** Says how long to wait before something may be done once more. Owned by whoever does it. */
final class TokenBucket {
  private static final double NANOS = 1e9;

  private final WebhookConfig.Throttle throttle;
  private double tokens;
  private Instant filled;

  TokenBucket(WebhookConfig.Throttle throttle, Instant now) {
    this.throttle = throttle;
    this.tokens = throttle.burst();
    this.filled = now;
  }

  /** Takes a place, and says how long to wait for it; zero where it is free now. */
  Duration take(Instant now) {
    if (!throttle.isOn()) {
      return Duration.ZERO;
    }
    double passed = Math.max(0, Duration.between(filled, now).toNanos() / NANOS);
    tokens = Math.min(throttle.burst(), tokens + passed * throttle.perSecond());
    filled = now;
    tokens -= 1;
    return tokens >= 0
        ? Duration.ZERO
        : Duration.ofNanos((long) Math.ceil(-tokens / throttle.perSecond() * NANOS));
  }
}
