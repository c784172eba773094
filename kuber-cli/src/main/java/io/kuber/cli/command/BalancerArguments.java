package io.kuber.cli.command;

import io.kuber.boot.ClusterNetwork;
import io.kuber.boot.NodeHalf;
import io.kuber.boot.WithBalancers;
import io.kuber.cli.output.CommandFailure;
import io.kuber.controller.servicelb.BalancerPool;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that sets addresses aside for Services of type LoadBalancer. */
final class BalancerArguments {
  @Option(
      names = "--load-balancer-addresses",
      paramLabel = "ADDRESSES",
      description =
          "for services of type LoadBalancer: blocks, ranges and addresses of this machine's"
              + " network that nobody uses, as in 192.168.1.240/28,192.168.1.10-192.168.1.20;"
              + " without them EXTERNAL-IP stays <pending>")
  private @Nullable String addresses;

  BalancerPool pool() {
    try {
      return addresses == null ? BalancerPool.NONE : BalancerPool.parse(addresses);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--load-balancer-addresses: " + e.getMessage());
    }
  }

  /** The real nodes of this machine in such a cluster, with the addresses on it. */
  NodeHalf around(NodeHalf nodes, ClusterNetwork network) {
    return new WithBalancers(nodes, pool(), network);
  }
}
