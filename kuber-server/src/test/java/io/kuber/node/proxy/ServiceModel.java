package io.kuber.node.proxy;

import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Kubernetes promises of services, said as plainly as possible and without a thought for
 * speed: for one packet, what may become of it.
 */
final class ServiceModel {
  /** Where a packet comes from, as seen by the node that it reaches. */
  enum Origin {
    /** A pod of this node. */
    POD,
    /** A process of this node. */
    NODE,
    /** Anybody else. */
    WORLD
  }

  /** A connection's first packet, to an address that may be one of the node itself. */
  record Packet(
      Origin origin, Ipv4 source, Ipv4 to, boolean isNodes, Protocol protocol, int port) {}

  /** What becomes of it. */
  sealed interface Fate {
    /** Sent to one of these, looking like the node if it is hidden. */
    record Sent(Set<String> to, boolean hidden) implements Fate {}

    record Refused() implements Fate {}

    record Dropped() implements Fate {}

    /** No service has to do with it. */
    record Ignored() implements Fate {}
  }

  private final Services services;

  ServiceModel(Services services) {
    this.services = services;
  }

  Fate fate(Packet packet) {
    return services.ports().stream()
        .flatMap(port -> fate(port, packet).stream())
        .findFirst()
        .orElseGet(() -> atNodePort(packet));
  }

  /** Addresses of services come before those of the node, whoever is listed first. */
  private Fate atNodePort(Packet packet) {
    return services.ports().stream()
        .filter(
            port ->
                packet.isNodes()
                    && port.port().key().protocol() == packet.protocol()
                    && port.port().nodePort() == packet.port())
        .findFirst()
        .map(port -> outside(port, packet))
        .orElseGet(Fate.Ignored::new);
  }

  private Optional<Fate> fate(ServedPort served, Packet packet) {
    ServicePort port = served.port();
    String to = packet.to().toString();
    if (port.port() != packet.port() || port.key().protocol() != packet.protocol()) {
      return Optional.empty();
    }
    if (to.equals(port.clusterIp())) {
      return Optional.of(inside(served, packet));
    }
    if (port.outside().addresses().contains(to)) {
      return Optional.of(outside(served, packet));
    }
    if (port.outside().balancers().contains(to)) {
      return Optional.of(isAdmitted(port, packet) ? outside(served, packet) : new Fate.Dropped());
    }
    return Optional.empty();
  }

  /** internalTrafficPolicy: who asks at the cluster address. */
  private Fate inside(ServedPort served, Packet packet) {
    boolean hidden = packet.origin() != Origin.POD;
    return served.port().staysHere()
        ? sent(served, local(served), hidden)
        : sent(served, cluster(served), hidden);
  }

  /** externalTrafficPolicy: who asks at any other address. */
  private Fate outside(ServedPort served, Packet packet) {
    if (!served.port().outside().onlyHere()) {
      return sent(served, cluster(served), true);
    }
    return switch (packet.origin()) {
      case POD -> sent(served, cluster(served), false);
      case NODE -> sent(served, cluster(served), true);
      case WORLD -> sent(served, local(served), false);
    };
  }

  private Fate sent(ServedPort served, Set<String> to, boolean hidden) {
    if (served.backends().isEmpty()) {
      return new Fate.Refused();
    }
    return to.isEmpty() ? new Fate.Dropped() : new Fate.Sent(to, hidden);
  }

  private static boolean isAdmitted(ServicePort port, Packet packet) {
    return port.outside().sources().isEmpty()
        || port.outside().sources().stream().anyMatch(block -> isIn(block, packet.source()));
  }

  private static boolean isIn(String block, Ipv4 address) {
    if (block.contains(":")) {
      return false;
    }
    String[] parts = block.split("/", -1);
    int others = 32 - Integer.parseInt(parts[1]);
    return others == 32 || Ipv4.parse(parts[0]).bits() >>> others == address.bits() >>> others;
  }

  private Set<String> local(ServedPort served) {
    Set<String> ready = names(here(served).filter(Backend::ready));
    return ready.isEmpty() ? names(here(served)) : ready;
  }

  private Stream<Backend> here(ServedPort served) {
    return served.backends().stream()
        .filter(b -> !services.node().isEmpty() && b.node().equals(services.node()));
  }

  private Set<String> cluster(ServedPort served) {
    Set<String> ready = names(ready(served));
    if (ready.isEmpty()) {
      return names(served.backends().stream());
    }
    Set<String> forNode = names(ready(served).filter(b -> b.nodes().contains(services.node())));
    if (ready(served).allMatch(b -> !b.nodes().isEmpty()) && !forNode.isEmpty()) {
      return forNode;
    }
    Set<String> forZone = names(ready(served).filter(b -> b.zones().contains(services.zone())));
    if (ready(served).allMatch(b -> !b.zones().isEmpty()) && !forZone.isEmpty()) {
      return forZone;
    }
    return ready;
  }

  private static Stream<Backend> ready(ServedPort served) {
    return served.backends().stream().filter(Backend::ready);
  }

  private static Set<String> names(Stream<Backend> backends) {
    return backends
        .map(backend -> backend.ip() + ":" + backend.port())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
