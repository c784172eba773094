package io.kuber.engine.network;

import io.kuber.engine.EngineException;
import io.kuber.engine.NetworkShelf;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Ipv4Block;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which networks and published ports there are; every change is kept before it returns. For any
 * thread.
 */
final class NetworkCatalog {
  /** Networks that an engine has at most; their blocks of addresses end before. */
  static final int MOST = 256;

  private static final Set<String> PREDEFINED = Set.of(NetworkShelf.DEFAULT, "host", "none");
  private static final int ID_BYTES = 32;

  /** Of networks whose addresses are chosen when they are needed, and of those without any. */
  private static final Ipv4Block UNSETTLED = Ipv4Block.parse("0.0.0.0/32");

  private final NetworkFile file;
  private final Map<String, Network> networks;
  private final Map<String, NetworkFile.Ports> ports;
  private final SecureRandom random = new SecureRandom();

  private NetworkCatalog(NetworkFile file) {
    this.file = file;
    NetworkFile.Content content = file.read();
    this.networks = content.networks();
    this.ports = content.ports();
  }

  /** Opens what was kept in a file; with the three networks that every engine has. */
  static NetworkCatalog open(Path path) {
    NetworkCatalog catalog = new NetworkCatalog(new NetworkFile(path));
    if (catalog.networks.isEmpty()) {
      catalog.add(NetworkShelf.DEFAULT, Network.BRIDGE_DRIVER);
      catalog.add("host", "host");
      catalog.add("none", "null");
      catalog.keep();
    }
    return catalog;
  }

  private void add(String name, String driver) {
    NetworkRequest request =
        new NetworkRequest(name, Optional.empty(), Optional.empty(), false, Map.of(), Map.of());
    Network network = network(request, driver, UNSETTLED, UNSETTLED.base());
    networks.put(network.id(), network);
  }

  private Network network(NetworkRequest request, String driver, Ipv4Block subnet, Ipv4 gateway) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return new Network(
        HexFormat.of().formatHex(id),
        request.name(),
        Instant.now().toString(),
        driver,
        subnet,
        gateway,
        request.internal(),
        request.labels(),
        request.options(),
        Map.of());
  }

  private void keep() {
    file.write(new NetworkFile.Content(networks, ports));
  }

  /** All networks, in the order in which they were made. */
  synchronized List<Network> all() {
    return List.copyOf(networks.values());
  }

  /** All containers that have ports. */
  synchronized List<NetworkFile.Ports> ports() {
    return List.copyOf(ports.values());
  }

  /**
   * A network by its name, its id, or the beginning of its id.
   *
   * @throws EngineException 404 when there is none
   */
  synchronized Network find(String reference) {
    Optional<Network> named =
        networks.values().stream().filter(one -> one.name().equals(reference)).findFirst();
    if (named.isPresent()) {
      return named.get();
    }
    List<Network> begun =
        networks.values().stream()
            .filter(one -> !reference.isEmpty() && one.id().startsWith(reference))
            .toList();
    if (begun.size() > 1) {
      throw EngineException.malformed("network " + reference + " is ambiguous");
    }
    return begun.stream()
        .findFirst()
        .orElseThrow(() -> EngineException.absent("network " + reference + " not found"));
  }

  /**
   * Makes a network.
   *
   * @param taken blocks of addresses that it must not have
   * @throws EngineException 409 when there is one of its name; 400 and 403 for addresses that it
   *     cannot have
   */
  synchronized Network create(NetworkRequest request, Collection<Ipv4Block> taken) {
    if (!request.name().matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
      throw EngineException.malformed(
          "\"" + request.name() + "\" includes invalid characters for a network name");
    }
    if (networks.values().stream().anyMatch(one -> one.name().equals(request.name()))) {
      throw EngineException.conflict("network with name " + request.name() + " already exists");
    }
    if (networks.size() >= MOST) {
      throw EngineException.failed("there are " + MOST + " networks already");
    }
    Ipv4Block subnet = request.subnet().map(NetworkCatalog::block).orElseGet(() -> free(taken));
    refuseOverlap(subnet);
    Ipv4 gateway = request.gateway().map(NetworkCatalog::address).orElse(subnet.base().plus(1));
    if (!subnet.contains(gateway)) {
      throw EngineException.malformed("gateway " + gateway + " is not within " + subnet);
    }
    Network network = network(request, Network.BRIDGE_DRIVER, subnet, gateway);
    networks.put(network.id(), network);
    keep();
    return network;
  }

  private static Ipv4Block block(String text) {
    try {
      Ipv4Block block = Ipv4Block.parse(text);
      if (block.prefix() > 29 || block.prefix() < 8) {
        throw EngineException.malformed("invalid subnet " + text + ": use /8 to /29");
      }
      return block;
    } catch (IllegalArgumentException e) {
      throw new EngineException(400, "invalid subnet " + text + ": " + e.getMessage(), e);
    }
  }

  private static Ipv4 address(String text) {
    try {
      return Ipv4.parse(text);
    } catch (IllegalArgumentException e) {
      throw new EngineException(400, "invalid gateway " + text + ": " + e.getMessage(), e);
    }
  }

  private void refuseOverlap(Ipv4Block subnet) {
    for (Network network : networks.values()) {
      if (isSettled(network) && Subnets.overlap(network.subnet(), subnet)) {
        throw EngineException.forbidden(
            "Pool overlaps with other one on this address space: " + network.name());
      }
    }
  }

  private Ipv4Block free(Collection<Ipv4Block> taken) {
    List<Ipv4Block> all = new ArrayList<>(taken);
    networks.values().stream()
        .filter(NetworkCatalog::isSettled)
        .forEach(network -> all.add(network.subnet()));
    return Subnets.free(all)
        .orElseThrow(
            () ->
                EngineException.failed(
                    "could not find an available, non-overlapping IPv4 address pool among the"
                        + " defaults to assign to the network"));
  }

  /** Whether it has addresses. */
  static boolean isSettled(Network network) {
    return !network.subnet().equals(UNSETTLED);
  }

  /** The network with addresses, which the default one gets only now. */
  synchronized Network settle(Network network, Supplier<List<Ipv4Block>> taken) {
    if (isSettled(network)) {
      return network;
    }
    Ipv4Block subnet = free(taken.get());
    Network settled = network.at(subnet);
    put(settled);
    return settled;
  }

  /**
   * Forgets a network.
   *
   * @throws EngineException 403 when somebody is in it, or every engine has it
   */
  synchronized Network remove(String reference) {
    Network network = find(reference);
    if (PREDEFINED.contains(network.name())) {
      throw EngineException.forbidden(
          network.name() + " is a pre-defined network and cannot be removed");
    }
    if (!network.members().isEmpty()) {
      throw EngineException.forbidden(
          "error while removing network: network "
              + network.name()
              + " id "
              + network.id()
              + " has active endpoints");
    }
    networks.remove(network.id());
    keep();
    return network;
  }

  /** Networks that people have made and nobody is in. */
  synchronized Stream<Network> unused() {
    return all().stream()
        .filter(one -> !PREDEFINED.contains(one.name()) && one.members().isEmpty());
  }

  /** Whether every engine has it. */
  static boolean isPredefined(Network network) {
    return PREDEFINED.contains(network.name());
  }

  /** Keeps a network as it is now. */
  synchronized void put(Network network) {
    if (!network.equals(networks.put(network.id(), network))) {
      keep();
    }
  }

  /** Keeps the ports of a container. */
  synchronized void putPorts(NetworkFile.Ports of) {
    ports.put(of.container(), of);
    keep();
  }

  /** Forgets the ports of a container; whether it had any. */
  synchronized boolean forgetPorts(String container) {
    boolean had = ports.remove(container) != null;
    if (had) {
      keep();
    }
    return had;
  }
}
