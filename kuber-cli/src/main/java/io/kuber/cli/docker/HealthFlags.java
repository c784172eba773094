package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How it is found out that a container is well: flags of {@code run} and {@code create}. */
final class HealthFlags {
  @Option(names = "--health-cmd", paramLabel = "COMMAND", description = "succeeds if it is well")
  private String command = "";

  @Option(names = "--health-interval", paramLabel = "TIME", description = "between two checks")
  private String interval = "0s";

  @Option(names = "--health-timeout", paramLabel = "TIME", description = "for one check")
  private String timeout = "0s";

  @Option(names = "--health-start-period", paramLabel = "TIME", description = "until they count")
  private String startPeriod = "0s";

  @Option(names = "--health-retries", paramLabel = "COUNT", description = "failures in a row")
  private @Nullable Long retries;

  @Option(names = "--no-healthcheck", description = "without that of the image")
  private boolean none;

  /** With what these flags say. */
  Tree addTo(Tree body) {
    Tree.Builder check = Tree.builder();
    if (!command.isEmpty()) {
      check.put("Test", Items.of("CMD-SHELL", command));
    }
    put(check, "Interval", "--health-interval", interval);
    put(check, "Timeout", "--health-timeout", timeout);
    put(check, "StartPeriod", "--health-start-period", startPeriod);
    if (retries != null) {
      check.put("Retries", retries);
    }
    Tree built = check.build();
    if (none && !built.isEmpty()) {
      throw new CommandFailure("--no-healthcheck conflicts with --health-* options");
    }
    if (none) {
      return body.with("Healthcheck", Tree.of("Test", Items.of("NONE")));
    }
    return built.isEmpty() ? body : body.with("Healthcheck", built);
  }

  private static void put(Tree.Builder check, String field, String flag, String text) {
    long nanos = Amounts.time(flag, text).toNanos();
    if (nanos > 0) {
      check.put(field, nanos);
    }
  }
}
