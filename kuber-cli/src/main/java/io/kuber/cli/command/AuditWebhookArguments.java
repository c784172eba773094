package io.kuber.cli.command;

import io.kuber.server.audit.WebhookConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where batches of audit events are sent; names and defaults of kube-apiserver. */
final class AuditWebhookArguments {
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m)");

  @Option(
      names = "--audit-webhook-config-file",
      paramLabel = "FILE",
      description = "a kubeconfig that says where audit events are sent")
  private @Nullable Path file;

  @Option(
      names = "--audit-webhook-batch-buffer-size",
      paramLabel = "N",
      description = "events that may wait for the receiver; more are lost (default: 10000)")
  private int bufferSize = 10_000;

  @Option(
      names = "--audit-webhook-batch-max-size",
      paramLabel = "N",
      description = "events that are sent at once (default: 400)")
  private int batchSize = 400;

  @Option(
      names = "--audit-webhook-batch-max-wait",
      paramLabel = "TIME",
      description = "the longest that an event waits for others (default: 30s)")
  private String maxWait = "30s";

  @Option(
      names = "--audit-webhook-batch-throttle-enable",
      paramLabel = "true|false",
      arity = "1",
      description = "whether there is a limit to batches per second (default: true)")
  private boolean throttle = true;

  @Option(
      names = "--audit-webhook-batch-throttle-qps",
      paramLabel = "N",
      description = "batches per second on average (default: 10)")
  private double perSecond = 10;

  @Option(
      names = "--audit-webhook-batch-throttle-burst",
      paramLabel = "N",
      description = "batches at once (default: 15)")
  private int burst = 15;

  @Option(
      names = "--audit-webhook-initial-backoff",
      paramLabel = "TIME",
      description = "before a batch that was not taken is sent again (default: 10s)")
  private String backoff = "10s";

  Optional<WebhookConfig> config() {
    return Optional.ofNullable(file)
        .map(
            path ->
                new WebhookConfig(
                    path,
                    bufferSize,
                    batchSize,
                    time("--audit-webhook-batch-max-wait", maxWait),
                    new WebhookConfig.Throttle(throttle, perSecond, burst),
                    time("--audit-webhook-initial-backoff", backoff)));
  }

  private static Duration time(String option, String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          option + ": " + text + " is no time such as 500ms, 30s or 1m");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }
}
