package io.kuber.boot;

import io.kuber.access.User;
import io.kuber.linux.Syscalls;
import io.kuber.node.feed.ServiceFeed;
import io.kuber.node.feed.Warnings;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.network.NodesNetwork;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.proxy.HealthReports;
import io.kuber.node.proxy.MachinePorts;
import io.kuber.node.proxy.ProxyConfig;
import io.kuber.node.proxy.ServiceProxies;
import io.kuber.node.proxy.ServiceProxy;
import java.io.IOException;
import java.util.Optional;

/**
 * Several real nodes on this machine, {@code node-1} and so on. Each is in a network namespace of
 * its own, with its own control groups, state and data, and pods with addresses of a block of their
 * own; the machine routes between them and serves addresses of services to itself.
 *
 * <p>All nodes are parts of this process. Each starts on a thread inside its namespace ({@link
 * io.kuber.node.network.NodeNamespace}), so that everything it opens is there.
 */
public final class NodeGroup implements NodeHalf {
  /** More would be no use to anybody on one machine: each has all of its processors to itself. */
  public static final int MOST = 20;

  /** For services that keep traffic on its node: the machine has no pods of its own. */
  private static final String NO_NODE = "";

  private final Syscalls kernel = Syscalls.linux();
  private final int nodes;
  private final NodePlace place;
  private final ImagePlaces images;

  /**
   * So many nodes.
   *
   * @param nodes how many, 1 to {@link #MOST}
   * @param place beside which they take theirs
   */
  public NodeGroup(int nodes, NodePlace place, ImagePlaces images) {
    if (nodes < 1 || nodes > MOST) {
      throw new IllegalArgumentException(
          nodes + " nodes: one machine can be 1 to " + MOST + " nodes");
    }
    this.nodes = nodes;
    this.place = place;
    this.images = images;
  }

  @Override
  public void check() throws StartException {
    new LocalNode(place, images).check();
  }

  /** The machine's address on the bridge between the nodes, which all of them reach. */
  @Override
  public Optional<String> serverAddress() {
    return Optional.of(place.network().betweenNodes().gateway().toString());
  }

  /** Starts the nodes one after the other. */
  @Override
  public NodesAtWork start(ServerHalf cluster, Progress progress) throws Exception {
    check();
    NodesAtWork group = prepare(cluster, progress);
    try {
      for (int number = 1; number <= nodes; number++) {
        int next = number;
        progress.step("starting the node " + NodePlace.name(number), () -> group.begin(next));
      }
      return group;
    } catch (Exception | Error e) {
      group.close();
      throw e;
    }
  }

  private NodesAtWork prepare(ServerHalf cluster, Progress progress) throws Exception {
    Teardown teardown = new Teardown();
    teardown.add(place::leaveAbove);
    try {
      progress.step("removing what other nodes have left", () -> earlier(cluster));
      NodesNetwork network =
          progress.step("making the network of nodes", () -> network(cluster, teardown));
      return new NodesAtWork(place, images, cluster, network, teardown);
    } catch (Exception | Error e) {
      teardown.close();
      throw e;
    }
  }

  private int earlier(ServerHalf cluster) throws StartException, IOException {
    return new EarlierNodes(kernel, place, cluster.dataDir(), cluster.loops().clock())
        .removeAllBut(nodes);
  }

  /**
   * The machine serves addresses of services to itself, as a node without pods would. Rules that an
   * earlier run left serve on until the first update replaces them.
   */
  private NodesNetwork network(ServerHalf cluster, Teardown teardown) {
    PodNetworkConfig between = place.network().betweenNodes();
    NodesNetwork network = teardown.add(NodesNetwork.open(kernel, between));
    ServiceProxy proxy = teardown.add(ServiceProxies.open(kernel, ProxyConfig.of(between)));
    teardown.add(
        ServiceFeed.start(
            cluster.clients().of(User.known("system:kube-proxy"), "kube-proxy"),
            NO_NODE,
            new ServiceFeed.Outlets(
                proxy, names -> {}, HealthReports.NONE, Warnings.NONE, MachinePorts.NONE),
            cluster.loops().loop("services")));
    return network;
  }
}
