package io.kuber.cli.command;

import io.kuber.boot.AuditOptions;
import io.kuber.server.audit.LogConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is told of requests, and where; the names of kube-apiserver. */
final class AuditArguments {
  @Option(
      names = "--audit-policy-file",
      paramLabel = "FILE",
      description = "of which requests an audit log tells how much (audit.k8s.io/v1 Policy)")
  private @Nullable Path policy;

  @Option(
      names = "--audit-log-path",
      paramLabel = "FILE",
      description = "where a line of JSON is written for each event; - for standard output")
  private @Nullable String path;

  @Option(
      names = "--audit-log-maxage",
      paramLabel = "DAYS",
      description = "after which files that were put aside are removed (default: never)")
  private int maxAge;

  @Option(
      names = "--audit-log-maxbackup",
      paramLabel = "N",
      description = "files that were put aside and are kept (default: all)")
  private int maxBackups;

  @Option(
      names = "--audit-log-maxsize",
      paramLabel = "MEGABYTES",
      description = "beyond which the file is put aside (default: 100)")
  private int maxSize;

  @Option(
      names = "--audit-log-format",
      paramLabel = "json",
      description = "json is the only one there is")
  private String format = "json";

  @Mixin private AuditWebhookArguments webhook = new AuditWebhookArguments();

  /** Throws {@link IllegalArgumentException} that names the option which is wrong. */
  AuditOptions options() {
    if (!format.equals("json")) {
      throw new IllegalArgumentException("--audit-log-format: " + format + " is not json");
    }
    return new AuditOptions(Optional.ofNullable(policy), log(), webhook.config());
  }

  private Optional<LogConfig> log() {
    return Optional.ofNullable(path).map(file -> new LogConfig(file, maxAge, maxBackups, maxSize));
  }
}
