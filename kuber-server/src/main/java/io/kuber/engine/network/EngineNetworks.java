package io.kuber.engine.network;

import io.kuber.engine.EngineException;
import io.kuber.engine.Happenings;
import io.kuber.engine.NetworkShelf;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.NodeBridge;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks of an engine. For any thread; one thing is done at a time, in a few milliseconds.
 */
public final class EngineNetworks implements NetworkShelf, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EngineNetworks.class);

  private final NetworkCatalog catalog;
  private final NetworkLinks links;
  private final NetworkNames names = new NetworkNames();
  private final HostPorts hostPorts = new HostPorts();
  private final NetworkAddresses addresses = new NetworkAddresses();
  private final Happenings happenings;

  private EngineNetworks(NetworkCatalog catalog, NetworkLinks links, Happenings happenings) {
    this.catalog = catalog;
    this.links = links;
    this.happenings = happenings;
  }

  /**
   * Opens the networks of an engine, and takes over what an earlier run has left in the kernel.
   * Nothing is made before the first container needs it.
   *
   * @param directory where the engine keeps them
   */
  public static EngineNetworks open(Syscalls kernel, Path directory, Happenings happenings) {
    NetworkCatalog catalog = NetworkCatalog.open(directory.resolve("networks.json"));
    NetworkLinks links = new NetworkLinks(kernel, catalog.find(DEFAULT).bridge());
    EngineNetworks networks = new EngineNetworks(catalog, links, happenings);
    networks.adopt();
    return networks;
  }

  /** Containers whose links are gone have no place any more. */
  private void adopt() {
    if (catalog.all().stream().allMatch(network -> network.members().isEmpty())) {
      return;
    }
    var present = links.names();
    for (Network network : List.copyOf(catalog.all())) {
      Network left = network;
      for (Network.Member member : network.members().values()) {
        if (!present.contains(member.link())) {
          left = left.without(member.container());
          catalog.forgetPorts(member.container());
        }
      }
      catalog.put(left);
      if (!left.members().isEmpty()) {
        ready(left);
      } else if (present.contains(left.bridge())) {
        links.remove(left);
      }
    }
    catalog.ports().forEach(this::holdAgain);
    write();
  }

  /** What somebody else has taken meanwhile is his; that must not keep the engine from opening. */
  private void holdAgain(NetworkFile.Ports ports) {
    try {
      hostPorts.hold(ports.container(), ports.published());
    } catch (EngineException e) {
      LOG.warn("ports of container {} are taken by now: {}", ports.container(), e.getMessage());
      catalog.forgetPorts(ports.container());
    }
  }

  /** What there is. */
  NetworkCatalog catalog() {
    return catalog;
  }

  /** Makes a network; in the kernel it is made with its first container. */
  synchronized Network create(NetworkRequest request) {
    catalog.settle(
        catalog.find(DEFAULT), links::taken); // It has the first block, as people expect.
    Network network = catalog.create(request, links.taken());
    happenings.tell("network", "create", network.id(), attributes(network));
    return network;
  }

  /** Removes a network that nobody is in. */
  synchronized Network remove(String reference) {
    Network network = catalog.remove(reference);
    names.hide(network);
    if (links.names().contains(network.bridge())) {
      links.remove(network);
      write();
    }
    addresses.forget(network);
    happenings.tell("network", "destroy", network.id(), attributes(network));
    return network;
  }

  private static Map<String, String> attributes(Network network) {
    return Map.of("name", network.name(), "type", network.driver());
  }

  private void ready(Network network) {
    try {
      links.ready(network);
      if (!network.name().equals(DEFAULT)) {
        names.show(network);
      }
    } catch (SyscallException e) {
      throw new EngineException(500, "network " + network.name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized Place connect(
      String reference, String container, Path namespace, List<String> called, String address) {
    Network network = catalog.find(reference);
    if (!network.isBridge()) {
      throw EngineException.malformed(
          "container cannot be connected to network \"" + network.name() + "\"");
    }
    Network.Member known = network.members().get(container);
    if (known != null) {
      return place(network, known);
    }
    network = catalog.settle(network, links::taken);
    Ipv4 chosen = addresses.take(network, address);
    Network.Member member =
        new Network.Member(container, called, chosen, NetworkLinks.linkName(network, container));
    try {
      boolean isFirst = network.members().isEmpty();
      Network next = network.with(member);
      ready(next);
      links.connect(next, member, namespace);
      catalog.put(next);
      if (isFirst) {
        write();
      }
      happenings.tell("network", "connect", network.id(), with(network, container));
      return place(next, member);
    } catch (RuntimeException e) {
      takeBack(network, member);
      throw e instanceof EngineException said
          ? said
          : new EngineException(500, "network " + network.name() + ": " + e.getMessage(), e);
    }
  }

  /** What a connection that has failed has got so far. */
  private void takeBack(Network before, Network.Member member) {
    catalog.put(before);
    addresses.giveBack(before, member.address());
    try {
      links.disconnect(member.link());
      if (!before.name().equals(DEFAULT) && !before.members().isEmpty()) {
        names.show(before);
      }
    } catch (RuntimeException e) {
      LOG.warn("something of container {} is left: {}", member.container(), e.toString());
    }
  }

  private static Map<String, String> with(Network network, String container) {
    return Map.of("name", network.name(), "type", network.driver(), "container", container);
  }

  private static Place place(Network network, Network.Member member) {
    return new Place(
        network.name(),
        network.id(),
        member.address().toString(),
        network.subnet().prefix(),
        network.gateway().toString(),
        mac(member),
        member.names());
  }

  /** The hardware address of a member. */
  static String mac(Network.Member member) {
    return HexFormat.ofDelimiter(":").formatHex(NodeBridge.hardwareAddress(member.address()));
  }

  @Override
  public synchronized void disconnect(String reference, String container) {
    Network network = catalog.find(reference);
    Network.Member member = network.members().get(container);
    if (member == null) {
      return;
    }
    links.disconnect(member.link());
    Network left = network.without(container);
    catalog.put(left);
    addresses.giveBack(network, member.address());
    if (!left.name().equals(DEFAULT)) {
      names.show(left);
    }
    happenings.tell("network", "disconnect", network.id(), with(network, container));
  }

  @Override
  public synchronized List<Published> publish(
      String container, String address, List<Published> ports) {
    if (ports.isEmpty()) {
      return List.of();
    }
    unpublish(container);
    List<Published> chosen = hostPorts.hold(container, ports);
    try {
      catalog.putPorts(new NetworkFile.Ports(container, Ipv4.parse(address), chosen));
      write();
      return chosen;
    } catch (RuntimeException e) {
      hostPorts.release(container);
      catalog.forgetPorts(container);
      throw e instanceof SyscallException refused
          ? new EngineException(
              500, "publishing ports needs nf_tables: " + refused.getMessage(), refused)
          : e;
    }
  }

  @Override
  public synchronized void unpublish(String container) {
    hostPorts.release(container);
    if (catalog.forgetPorts(container)) {
      write();
    }
  }

  @Override
  public synchronized void disconnectAll() {
    catalog.ports().stream().map(NetworkFile.Ports::container).toList().forEach(this::unpublish);
    for (Network network : List.copyOf(catalog.all())) {
      network.members().keySet().forEach(container -> disconnect(network.name(), container));
    }
  }

  private void write() {
    Collection<Network> bridges = catalog.all().stream().filter(Network::isBridge).toList();
    links.write(bridges, catalog.ports());
  }

  @Override
  public synchronized String resolvConf(List<String> networks) {
    return Resolvers.conf(networks.stream().map(catalog::find).toList());
  }

  /** Takes everything out of the kernel; networks that people have made are kept in the file. */
  @Override
  public synchronized void close() {
    names.close();
    hostPorts.releaseAll();
    var present = links.names();
    boolean wasUsed = false;
    for (Network network : List.copyOf(catalog.all())) {
      if (present.contains(network.bridge())) {
        wasUsed = true;
        links.remove(network);
      }
      catalog.put(network.empty());
    }
    catalog.ports().stream()
        .map(NetworkFile.Ports::container)
        .toList()
        .forEach(catalog::forgetPorts);
    if (wasUsed) {
      links.removeTable();
    }
  }
}
