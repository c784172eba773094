package io.kuber.cli.command;

import io.kuber.boot.ClusterDomain;
import picocli.CommandLine.Option;

/** Below which domain the names of a cluster are. */
final class DomainArguments {
  @Option(
      names = "--cluster-domain",
      paramLabel = "DOMAIN",
      description =
          "below which names of services are, the same on all servers and nodes (default: cluster.local)")
  private String name = ClusterDomain.STANDARD.name();

  /** What was chosen; throws {@link IllegalArgumentException} when it is no domain. */
  ClusterDomain domain() {
    return new ClusterDomain(name);
  }
}
