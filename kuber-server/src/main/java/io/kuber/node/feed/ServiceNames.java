package io.kuber.node.feed;

import com.google.common.net.InetAddresses;
import io.kuber.dns.DnsEndpoint;
import io.kuber.dns.DnsPort;
import io.kuber.dns.DnsService;
import io.kuber.node.network.Protocol;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The names of a service: pure. */
final class ServiceNames {
  private ServiceNames() {}

  /**
   * @param clusterIp empty for a service without an address
   */
  static Optional<DnsService> of(
      KubeObject service, String clusterIp, Collection<KubeObject> slices) {
    Tree spec = service.spec();
    if (spec.text("type").equals("ExternalName")) {
      return Optional.of(
          DnsService.alias(service.namespace(), service.name(), spec.text("externalName")));
    }
    if (!clusterIp.isEmpty()) {
      List<DnsPort> ports = spec.items("ports").trees().stream().map(ServiceNames::port).toList();
      return Optional.of(
          DnsService.withAddress(service.namespace(), service.name(), clusterIp, ports));
    }
    return spec.text("clusterIP").equals("None")
        ? Optional.of(DnsService.headless(service.namespace(), service.name(), endpoints(slices)))
        : Optional.empty();
  }

  private static List<DnsEndpoint> endpoints(Collection<KubeObject> slices) {
    List<DnsEndpoint> endpoints = new ArrayList<>();
    for (KubeObject slice : slices) {
      List<DnsPort> ports =
          slice.tree().items("ports").trees().stream().map(ServiceNames::port).toList();
      for (Tree endpoint : slice.tree().items("endpoints").trees()) {
        String ip = endpoint.items("addresses").texts().stream().findFirst().orElse("");
        if (SliceReading.isReady(endpoint) && InetAddresses.isInetAddress(ip)) {
          endpoints.add(new DnsEndpoint(ip, endpoint.text("hostname"), ports));
        }
      }
    }
    return endpoints;
  }

  private static DnsPort port(Tree port) {
    return new DnsPort(
        port.text("name"),
        Protocol.named(port.text("protocol")).name(),
        (int) port.number(0, "port"));
  }
}
