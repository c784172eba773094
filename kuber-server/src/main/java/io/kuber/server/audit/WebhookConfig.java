package io.kuber.server.audit;

import io.kuber.loop.Loops;
import io.kuber.server.metric.AuditMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A receiver of events (the {@code --audit-webhook-*} options of kube-apiserver, with its
 * defaults).
 *
 * @param file a kubeconfig that says where the receiver is, and what both sides show each other
 * @param bufferSize events that may wait; one more is lost
 * @param batchSize events that are sent at once
 * @param maxWait the longest that an event waits for others
 * @param throttle how often batches may be sent
 * @param initialBackoff between a batch that was not taken and its second try
 */
public record WebhookConfig(
    Path file,
    int bufferSize,
    int batchSize,
    Duration maxWait,
    Throttle throttle,
    Duration initialBackoff) {
  /**
   * How often something may be done.
   *
   * @param isOn whether there is a limit at all
   * @param perSecond on average
   * @param burst at once
   */
  public record Throttle(boolean isOn, double perSecond, int burst) {
    /** Refuses what would never let anything through. */
    public Throttle {
      if (isOn && !(perSecond > 0)) {
        throw new IllegalArgumentException(
            "--audit-webhook-batch-throttle-qps: " + perSecond + " is not above 0");
      }
      if (isOn && burst < 1) {
        throw new IllegalArgumentException(
            "--audit-webhook-batch-throttle-burst: " + burst + " is not above 0");
      }
    }
  }

  /** Refuses sizes below one and negative times, by the name of their option. */
  public WebhookConfig {
    check("--audit-webhook-batch-buffer-size", bufferSize > 0, bufferSize);
    check("--audit-webhook-batch-max-size", batchSize > 0, batchSize);
    check("--audit-webhook-batch-max-wait", isPositive(maxWait), maxWait);
    check("--audit-webhook-initial-backoff", isPositive(initialBackoff), initialBackoff);
    if (batchSize > bufferSize) {
      throw new IllegalArgumentException(
          "--audit-webhook-batch-max-size: "
              + batchSize
              + " is above the "
              + bufferSize
              + " of --audit-webhook-batch-buffer-size");
    }
  }

  private static boolean isPositive(Duration time) {
    return !time.isZero() && !time.isNegative();
  }

  private static void check(String option, boolean holds, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(option + ": " + value + " is not above 0");
    }
  }

  Backend opened(Loops loops, AuditMetrics metrics) throws IOException {
    try {
      return new WebhookBackend(this, HttpReceiver.of(file), loops, metrics);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("--audit-webhook-config-file " + file + ": " + e.getMessage(), e);
    }
  }
}
