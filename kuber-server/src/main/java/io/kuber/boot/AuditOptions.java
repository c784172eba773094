package io.kuber.boot;

import io.kuber.loop.Loops;
import io.kuber.server.audit.Audit;
import io.kuber.server.audit.Audits;
import io.kuber.server.audit.LogConfig;
import io.kuber.server.audit.WebhookConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is told of requests, and where.
 *
 * @param policy a file that says of which requests how much is told; nothing is without it
 * @param log where lines are written
 * @param webhook where batches are sent
 */
public record AuditOptions(
    Optional<Path> policy, Optional<LogConfig> log, Optional<WebhookConfig> webhook) {
  /** Nothing is told, at no cost. */
  public static final AuditOptions NONE =
      new AuditOptions(Optional.empty(), Optional.empty(), Optional.empty());

  /** Refuses halves, which would tell nothing though somebody relies on it. */
  public AuditOptions {
    if (policy.isPresent() && log.isEmpty() && webhook.isEmpty()) {
      throw new IllegalArgumentException(
          "--audit-policy-file needs --audit-log-path or --audit-webhook-config-file");
    }
    if (policy.isEmpty() && log.isPresent()) {
      throw new IllegalArgumentException("--audit-log-path needs --audit-policy-file");
    }
    if (policy.isEmpty() && webhook.isPresent()) {
      throw new IllegalArgumentException("--audit-webhook-config-file needs --audit-policy-file");
    }
  }

  /**
   * Reads and opens the files that are named.
   *
   * @throws StartException when one cannot be used; it says which
   */
  Audit opened(Loops loops) throws StartException {
    if (policy.isEmpty()) {
      return Audit.NONE;
    }
    try {
      return Audits.open(policy.get(), log, webhook, loops);
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }
}
