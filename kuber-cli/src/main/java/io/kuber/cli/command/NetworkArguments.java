package io.kuber.cli.command;

import io.kuber.boot.ClusterDomain;
import io.kuber.boot.ClusterNetwork;
import io.kuber.resource.AddressRange;
import picocli.CommandLine.Option;

/** Which names and addresses a cluster gives. */
final class NetworkArguments {
  @Option(
      names = "--cluster-domain",
      paramLabel = "DOMAIN",
      description =
          "below which names of services are, the same on all servers and nodes (default: cluster.local)")
  private String name = ClusterDomain.STANDARD.name();

  @Option(
      names = "--service-cidr",
      paramLabel = "BLOCK",
      description =
          "addresses of services, which this machine's network does not have, the same on all"
              + " servers and nodes (default: 10.96.0.0/12)")
  private String services = AddressRange.SERVICES.toString();

  @Option(
      names = "--pod-cidr",
      paramLabel = "BLOCK",
      description =
          "addresses of pods, a /24 of it for each node, the same on all servers and nodes"
              + " (default: 10.244.0.0/16)")
  private String pods = AddressRange.PODS.toString();

  /** What was chosen; throws {@link IllegalArgumentException} when it cannot be had. */
  ClusterNetwork network() {
    return new ClusterNetwork(
        new ClusterDomain(name), range("--service-cidr", services), range("--pod-cidr", pods));
  }

  private static AddressRange range(String option, String text) {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }
}
