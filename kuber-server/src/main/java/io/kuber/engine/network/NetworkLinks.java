package io.kuber.engine.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import io.kuber.linux.Errno;
import io.kuber.linux.NetfilterTables;
import io.kuber.linux.RouteNetlink;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Ipv4Block;
import io.kuber.node.network.NodeBridge;
import io.kuber.node.network.Sysctl;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What networks are in the kernel: bridges, pairs of links, and the table. Each call is whole in
 * itself; in the network namespace of whoever calls.
 */
final class NetworkLinks {
  private static final int LINK_DIGITS = 11;
  private static final int MTU = 1500;
  private static final String OWN = "kuber ";

  private final Syscalls kernel;
  private final String table;

  /**
   * @param table the name of the engine's table of nf_tables
   */
  NetworkLinks(Syscalls kernel, String table) {
    this.kernel = kernel;
    this.table = table;
  }

  /** The blocks of addresses that the machine's links have or lead to, but for kuber's own. */
  List<Ipv4Block> taken() {
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      return Stream.concat(routes.addresses().stream(), routes.routes().stream())
          .filter(reach -> reach.prefix() > 0)
          .map(
              reach -> Subnets.around(Ipv4.parse(reach.address().getHostAddress()), reach.prefix()))
          .distinct()
          .toList();
    }
  }

  /** The names of all links, by which one sees what is still there. */
  Set<String> names() {
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      return routes.links().stream().map(RouteNetlink.Link::name).collect(Collectors.toSet());
    }
  }

  /** The name of the machine's end of a container's links in a network. */
  static String linkName(Network network, String container) {
    String digest = Hashing.sha256().hashString(network.id() + "/" + container, UTF_8).toString();
    return "kv-" + digest.substring(0, LINK_DIGITS);
  }

  /** Makes a network's bridge, or finds it made. */
  void ready(Network network) {
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      new NodeBridge(
              kernel,
              routes,
              new NodeBridge.Plan(network.bridge(), network.subnet(), network.gateway(), List.of()))
          .ready();
      new Sysctl(kernel).write("net/ipv4/conf/" + network.bridge() + "/route_localnet", "1");
    }
  }

  /** Gives a namespace its links, address and routes; nothing is left where that fails. */
  void connect(Network network, Network.Member member, Path namespace) {
    try (RouteNetlink routes = RouteNetlink.open(kernel);
        RouteNetlink inside = RouteNetlink.openIn(kernel, namespace)) {
      String peer = nextName(inside.links());
      byte[] mac = NodeBridge.hardwareAddress(member.address());
      int bridge = index(routes, network.bridge());
      routes.addVeth(new RouteNetlink.Veth(member.link(), bridge, peer, mac, MTU), namespace);
      try {
        int outer = index(routes, member.link());
        routes.alias(outer, OWN + network.bridge() + " " + member.container());
        routes.hairpin(outer);
        inside.up(RouteNetlink.LOOPBACK);
        int link = index(inside, peer);
        inside.addAddress(link, member.address().inet(), network.subnet().prefix());
        inside.up(link);
        if (!network.internal() && !hasWayOut(inside)) {
          inside.addRoute(new Ipv4(0).inet(), 0, network.gateway().inet(), link);
        }
      } catch (RuntimeException | Error e) {
        routes.link(member.link()).ifPresent(found -> routes.delete(found.index()));
        throw e;
      }
    }
  }

  private static boolean hasWayOut(RouteNetlink inside) {
    return inside.routes().stream().anyMatch(route -> route.prefix() == 0);
  }

  private static String nextName(List<RouteNetlink.Link> links) {
    Set<String> names = new HashSet<>();
    links.forEach(link -> names.add(link.name()));
    int number = 0;
    while (names.contains("eth" + number)) {
      number++;
    }
    return "eth" + number;
  }

  private static int index(RouteNetlink routes, String name) {
    return routes
        .link(name)
        .orElseThrow(() -> new SyscallException("find link " + name, Errno.ENODEV.number()))
        .index();
  }

  /** Takes a pair of links away; it may be gone with the container's namespace. */
  void disconnect(String link) {
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      routes.link(link).ifPresent(found -> routes.delete(found.index()));
    }
  }

  /** Takes a bridge away with all that is in it; does nothing when there is none. */
  void remove(Network network) {
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      NodeBridge.remove(kernel, routes, network.bridge());
    }
  }

  /** Lets packets do what these networks and ports say, and nothing else of this engine. */
  void write(Collection<Network> networks, Collection<NetworkFile.Ports> ports) {
    try (NetfilterTables tables = NetfilterTables.open(kernel)) {
      tables.commit("write rules of containers", EngineTable.replace(table, networks, ports));
    }
  }

  /** Takes the table away. */
  void removeTable() {
    try (NetfilterTables tables = NetfilterTables.open(kernel)) {
      tables.deleteTable(table);
    }
  }
}
