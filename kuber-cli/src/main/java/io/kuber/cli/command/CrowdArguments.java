package io.kuber.cli.command;

import io.kuber.boot.CrowdOptions;
import picocli.CommandLine.Option;

/** How many requests are served at the same time; the names of kube-apiserver. */
final class CrowdArguments {
  @Option(
      names = "--max-requests-inflight",
      paramLabel = "N",
      description =
          "requests at the same time that read (default: 400); with priority and fairness,"
              + " the sum of both limits is divided among priority levels")
  private int reads = CrowdOptions.STANDARD.reads();

  @Option(
      names = "--max-mutating-requests-inflight",
      paramLabel = "N",
      description = "requests at the same time that write (default: 200)")
  private int writes = CrowdOptions.STANDARD.writes();

  @Option(
      names = "--enable-priority-and-fairness",
      paramLabel = "true|false",
      arity = "1",
      description = "whether flow schemas say who waits for whom (default: true)")
  private boolean fair = true;

  CrowdOptions options() {
    return new CrowdOptions(reads, writes, fair);
  }
}
