package io.kuber.dns;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a service listens (SRV records), with the addresses of the names used.
 *
 * @param locations of the service's own name, or of each endpoint if it is headless
 */
record ServiceLocations(List<DnsRecord> locations, List<DnsRecord> addresses) {
  private static final int WHOLE_WEIGHT = 100;

  ServiceLocations {
    locations = List.copyOf(locations);
    addresses = List.copyOf(addresses);
  }

  /**
   * Finds ports of a name and protocol, or all ports if both are empty.
   *
   * @param owner the name that was asked for
   */
  static ServiceLocations of(
      DnsZone zone, DnsService service, String owner, String port, String protocol) {
    List<DnsRecord> locations = new ArrayList<>();
    List<DnsRecord> addresses = new ArrayList<>();
    for (Host host : hosts(zone, service)) {
      List<DnsPort> ports = matching(host.ports, port, protocol);
      ports.forEach(
          found ->
              locations.add(new DnsRecord.Location(owner, host.weight, found.port(), host.name)));
      if (!ports.isEmpty()) {
        addresses.add(new DnsRecord.Address(host.name, IpText.bytes(host.ip)));
      }
    }
    return new ServiceLocations(locations, addresses);
  }

  private record Host(String name, String ip, List<DnsPort> ports, int weight) {}

  private static List<Host> hosts(DnsZone zone, DnsService service) {
    String name = zone.nameOf(service);
    if (!service.isHeadless()) {
      return List.of(new Host(name, service.clusterIp(), service.ports(), WHOLE_WEIGHT));
    }
    int weight = Math.max(1, WHOLE_WEIGHT / Math.max(1, service.endpoints().size()));
    return service.endpoints().stream()
        .map(e -> new Host(e.label() + "." + name, e.ip(), e.ports(), weight))
        .toList();
  }

  private static List<DnsPort> matching(List<DnsPort> ports, String name, String protocol) {
    boolean all = name.isEmpty() && protocol.isEmpty();
    return ports.stream()
        .filter(port -> all || (port.name().equals(name) && port.protocol().equals(protocol)))
        .toList();
  }

  boolean isEmpty() {
    return locations.isEmpty();
  }

  DnsAnswer answer() {
    return new DnsAnswer(DnsAnswer.Code.NO_ERROR, locations, List.of(), addresses);
  }
}
