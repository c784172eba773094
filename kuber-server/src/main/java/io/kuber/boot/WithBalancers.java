package io.kuber.boot;

import io.kuber.access.User;
import io.kuber.controller.servicelb.BalancerPool;
import io.kuber.linux.Syscalls;
import io.kuber.node.feed.BalancerFeed;
import io.kuber.node.network.BalancerLink;
import io.kuber.resource.AddressRange;
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
  private final ClusterNetwork network;
  private final Syscalls kernel = Syscalls.linux();

  /** Adds addresses of balancers to nodes of such a cluster. */
  public WithBalancers(NodeHalf nodes, BalancerPool pool, ClusterNetwork network) {
    this(nodes, pool, BalancerLink.STANDARD, network);
  }

  /**
   * Adds addresses of balancers to nodes.
   *
   * @param link the name of the link that has them
   * @param network whose addresses they may not be
   */
  public WithBalancers(NodeHalf nodes, BalancerPool pool, String link, ClusterNetwork network) {
    this.nodes = nodes;
    this.pool = pool;
    this.link = link;
    this.network = network;
  }

  @Override
  public void check() throws StartException {
    for (AddressRange taken : List.of(network.pods(), network.services())) {
      long first = Integer.toUnsignedLong(taken.base());
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
