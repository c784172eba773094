package io.kuber.node.network;

import io.kuber.linux.Errno;
import io.kuber.linux.NetfilterTables;
import io.kuber.linux.RouteNetlink;
import io.kuber.linux.RouteNetlink.Link;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network of a node's pods.
 *
 * <p>May be called from any thread; calls wait for each other, a few milliseconds each. It lives in
 * the network namespace of the thread that opens it, and a thread of that namespace has to close
 * it. In production all threads of the process are in one.
 */
public final class PodNetwork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodNetwork.class);
  private static final String POD_LINK = "eth0";
  private static final int HOST_PREFIX = 32;

  private final Syscalls kernel;
  private final PodNetworkConfig config;
  private final RouteNetlink routes;
  private final AddressPool pool;
  private final Map<String, PodAddress> attached = new TreeMap<>();
  private final int bridge;

  private PodNetwork(Syscalls kernel, PodNetworkConfig config, RouteNetlink routes, int bridge) {
    this.kernel = kernel;
    this.config = config;
    this.routes = routes;
    this.bridge = bridge;
    this.pool = new AddressPool(config.pods());
  }

  /**
   * Sets up the bridge, or takes over the one that an earlier run left with its pods.
   *
   * @throws SyscallException if the process may not change the network
   */
  public static PodNetwork open(Syscalls kernel, PodNetworkConfig config) {
    RouteNetlink routes = RouteNetlink.open(kernel);
    try {
      int bridge = new NodeBridge(kernel, routes, NodeBridge.Plan.of(config)).ready();
      PodNetwork network = new PodNetwork(kernel, config, routes, bridge);
      network.adoptPods();
      network.writeTable();
      return network;
    } catch (RuntimeException | Error e) {
      routes.close();
      throw e;
    }
  }

  private void adoptPods() {
    for (Link link : routes.links()) {
      if (link.master() == bridge) {
        LinkLabel.parse(link.alias())
            .filter(label -> pool.claim(label.address()))
            .ifPresentOrElse(label -> adopt(label, link), () -> routes.delete(link.index()));
      }
    }
  }

  private void adopt(LinkLabel label, Link link) {
    attached.put(label.podUid(), new PodAddress(label.address(), config.gateway(), link.name()));
  }

  /** Without nf_tables pods still reach each other and the node. */
  private void writeTable() {
    try (NetfilterTables tables = NetfilterTables.open(kernel)) {
      tables.commit("write pod rules", PodTable.replace(config));
    } catch (SyscallException e) {
      LOG.warn("pods do not reach addresses outside of the cluster: {}", e.getMessage());
    }
  }

  public PodNetworkConfig config() {
    return config;
  }

  /** The uids of the pods that are attached, those adopted from an earlier run included. */
  public synchronized Set<String> attached() {
    return Set.copyOf(attached.keySet());
  }

  /**
   * Gives a pod's network namespace its links, address and routes; a pod that has them keeps them.
   *
   * @param podUid the pod's unique id, without spaces
   * @param namespace such as {@code /run/kuber/netns/<uid>}
   * @throws SyscallException if the kernel refuses; nothing is left behind then
   * @throws IllegalStateException if no address is free
   */
  public synchronized PodAddress attach(String podUid, Path namespace) {
    PodAddress known = attached.get(podUid);
    if (known != null) {
      return known;
    }
    Ipv4 address = pool.take();
    String link = LinkLabel.linkName(config.bridge(), podUid);
    try {
      connect(podUid, link, address, namespace);
    } catch (RuntimeException | Error e) {
      disconnect(link);
      pool.giveBack(address);
      throw e;
    }
    PodAddress pod = new PodAddress(address, config.gateway(), link);
    attached.put(podUid, pod);
    return pod;
  }

  private void connect(String podUid, String link, Ipv4 address, Path namespace) {
    byte[] mac = NodeBridge.hardwareAddress(address);
    routes.addVeth(new RouteNetlink.Veth(link, bridge, POD_LINK, mac, config.mtu()), namespace);
    int index = indexOf(routes, link);
    routes.alias(index, new LinkLabel(config.bridge(), podUid, address).text());
    routes.hairpin(index);
    try (RouteNetlink pod = RouteNetlink.openIn(kernel, namespace)) {
      pod.up(RouteNetlink.LOOPBACK);
      int eth0 = indexOf(pod, POD_LINK);
      pod.addAddress(eth0, address.inet(), HOST_PREFIX);
      pod.up(eth0);
      pod.addRoute(config.gateway().inet(), HOST_PREFIX, eth0);
      pod.addRoute(new Ipv4(0).inet(), 0, config.gateway().inet(), eth0);
    }
  }

  private static int indexOf(RouteNetlink routes, String name) {
    return routes
        .link(name)
        .orElseThrow(() -> new SyscallException("find link " + name, Errno.ENODEV.number()))
        .index();
  }

  /** Takes a pod's links away and frees its address; does nothing for a pod that has none. */
  public synchronized void detach(String podUid) {
    PodAddress pod = attached.remove(podUid);
    if (pod != null) {
      disconnect(pod.link());
      pool.giveBack(pod.address());
    }
  }

  /** The link may be gone already: it goes with the pod's namespace. */
  private void disconnect(String link) {
    routes.link(link).ifPresent(found -> routes.delete(found.index()));
  }

  /** Takes everything away: pods' links, the bridge, the table, and the setting it changed. */
  @Override
  public synchronized void close() {
    routes.close();
    reclaim(kernel, config.bridge());
    attached.clear();
  }

  /**
   * Takes away what a run with this bridge left in the namespace of the calling thread; does
   * nothing if there is nothing.
   */
  public static void reclaim(Syscalls kernel, String bridge) {
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      NodeBridge.remove(kernel, routes, bridge);
    }
    try (NetfilterTables tables = NetfilterTables.open(kernel)) {
      tables.deleteTable(PodTable.name(bridge));
    } catch (SyscallException e) {
      LOG.debug("no nf_tables table to take away: {}", e.getMessage());
    }
  }
}
