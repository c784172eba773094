package io.kuber.boot;

import io.kuber.access.User;
import io.kuber.controller.servicelb.BalancerPool;
import io.kuber.linux.Syscalls;
import io.kuber.node.feed.BalancerFeed;
import io.kuber.node.network.BalancerLink;
import io.kuber.node.network.Ipv4Block;
import io.kuber.node.network.PodNetworkConfig;
import java.util.List;
import java.util.Optional;

/**
 * Nodes whose machine also has the addresses that Services of type LoadBalancer got of a pool, so
 * that others on its network find them there. Without a pool they take away those of an earlier
 * run.
 */
public final class WithBalancers implements NodeHalf {
  private final NodeHalf nodes;
  private final BalancerPool pool;
  private final String link;
  private final Syscalls kernel = Syscalls.linux();

  /** Adds addresses of balancers to nodes in the usual place. */
  public WithBalancers(NodeHalf nodes, BalancerPool pool) {
    this(nodes, pool, BalancerLink.STANDARD);
  }

  /**
   * Adds addresses of balancers to nodes.
   *
   * @param link the name of the link that has them
   */
  public WithBalancers(NodeHalf nodes, BalancerPool pool, String link) {
    this.nodes = nodes;
    this.pool = pool;
    this.link = link;
  }

  @Override
  public void check() throws StartException {
    PodNetworkConfig network = NodePlace.standard().network();
    for (Ipv4Block taken : List.of(network.clusterPods(), network.services())) {
      long first = Integer.toUnsignedLong(taken.base().bits());
      if (pool.overlaps(new BalancerPool.Range(first, first + taken.size() - 1))) {
        throw new StartException(
            "--load-balancer-addresses: %s overlaps with %s, where pods and services have theirs"
                .formatted(pool, taken));
      }
    }
    nodes.check();
  }

  @Override
  public Optional<String> serverAddress() {
    return nodes.serverAddress();
  }

  @Override
  public RunningNodes start(ServerHalf cluster, Progress progress) throws Exception {
    Teardown teardown = new Teardown();
    try {
      RunningNodes running = teardown.add(nodes.start(cluster, progress));
      if (pool.isEmpty()) {
        BalancerLink.reclaim(kernel, link);
      } else {
        progress.step("holding addresses of balancers", () -> hold(cluster, teardown));
      }
      return new AccompaniedNodes(running, teardown);
    } catch (Exception | Error e) {
      teardown.close();
      throw e;
    }
  }

  private BalancerFeed hold(ServerHalf cluster, Teardown teardown) {
    BalancerLink balancers = teardown.add(BalancerLink.open(kernel, link));
    return teardown.add(
        BalancerFeed.start(
            cluster.clients().of(User.known("system:kube-proxy"), "kube-proxy"),
            pool::contains,
            balancers::hold,
            cluster.loops().loop("balancers")));
  }
}
