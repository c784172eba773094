package io.kuber.node.network;

import io.kuber.linux.RouteNetlink;
import io.kuber.linux.Syscalls;
import java.nio.file.Path;

/**
 * What joins several nodes of one machine, each in a {@link NodeNamespace}. To it a node is what a
 * pod is to a node: it has one address, a pair of links, and sends everything to the bridge. The
 * machine itself knows the way to the pods of each, so all of them reach each other through it.
 *
 * <p>Lives in the network namespace of the thread that opens it, and a thread of that namespace has
 * to close it; otherwise for any thread.
 */
public final class NodesNetwork implements AutoCloseable {
  private final PodNetwork network;
  private final RouteNetlink routes;

  private NodesNetwork(PodNetwork network, RouteNetlink routes) {
    this.network = network;
    this.routes = routes;
  }

  /** Sets up the bridge, or takes over the one that an earlier run left with its nodes. */
  public static NodesNetwork open(Syscalls kernel, PodNetworkConfig config) {
    RouteNetlink routes = RouteNetlink.open(kernel);
    try {
      return new NodesNetwork(PodNetwork.open(kernel, config), routes);
    } catch (RuntimeException | Error e) {
      routes.close();
      throw e;
    }
  }

  /**
   * Connects a node, or finds it connected.
   *
   * @param node its name
   * @param namespace where it is
   * @param pods the addresses of its pods, to which the machine learns the way
   */
  public synchronized Ipv4 attach(String node, Path namespace, Ipv4Block pods) {
    Ipv4 address = network.attach(node, namespace).address();
    int bridge = routes.link(network.config().bridge()).orElseThrow().index();
    routes.setRoute(pods.base().inet(), pods.prefix(), address.inet(), bridge);
    return address;
  }

  /** Takes a node's links away; does nothing for one that has none. */
  public synchronized void detach(String node) {
    network.detach(node);
  }

  /** Takes everything away: links, the bridge with all routes over it, and its rules. */
  @Override
  public synchronized void close() {
    routes.close();
    network.close();
  }
}
