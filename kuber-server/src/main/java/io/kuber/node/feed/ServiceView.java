package io.kuber.node.feed;

import com.google.common.net.InetAddresses;
import io.kuber.dns.DnsService;
import io.kuber.node.network.Protocol;
import io.kuber.node.proxy.Backend;
import io.kuber.node.proxy.HealthCheck;
import io.kuber.node.proxy.Outside;
import io.kuber.node.proxy.ServedPort;
import io.kuber.node.proxy.ServicePort;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One service as a node serves and names it: pure, from a Service and its EndpointSlices. Addresses
 * of IPv6 have names, but nothing else.
 *
 * @param names empty for a service that has no address yet
 */
record ServiceView(
    List<ServedPort> ports, Optional<DnsService> names, Optional<HealthCheck> health) {
  /** What a node makes of a service that is not there. */
  static final ServiceView NONE = new ServiceView(List.of(), Optional.empty(), Optional.empty());

  /** Affinity of type ClientIP, unless the service says how long (core/v1 ClientIPConfig). */
  private static final long DEFAULT_AFFINITY_SECONDS = 10_800;

  private static final String LOCAL = "Local";

  ServiceView {
    ports = List.copyOf(ports);
  }

  /**
   * @param node the name of the node that serves
   */
  static ServiceView of(KubeObject service, Collection<KubeObject> slices, String node) {
    List<KubeObject> own =
        slices.stream().filter(s -> s.tree().text("addressType").equals("IPv4")).toList();
    String clusterIp = clusterIp(service.spec());
    List<ServedPort> ports =
        clusterIp.isEmpty()
            ? List.of()
            : service.spec().items("ports").trees().stream()
                .map(port -> served(port(service, clusterIp, port), own))
                .toList();
    return new ServiceView(
        ports, ServiceNames.of(service, clusterIp, slices), health(service, own, node));
  }

  private static ServedPort served(ServicePort port, List<KubeObject> slices) {
    return new ServedPort(port, SliceReading.backends(port.key(), slices));
  }

  /** The one of IPv4, which may be the second. */
  private static String clusterIp(Tree spec) {
    return Stream.concat(
            Stream.of(spec.text("clusterIP")), spec.items("clusterIPs").texts().stream())
        .filter(ServiceView::isIpv4)
        .findFirst()
        .orElse("");
  }

  private static ServicePort port(KubeObject service, String clusterIp, Tree port) {
    return new ServicePort(
        new ServicePort.Key(
            service.namespace(),
            service.name(),
            port.text("name"),
            Protocol.named(port.text("protocol"))),
        clusterIp,
        (int) port.number(0, "port"),
        (int) port.number(0, "nodePort"),
        affinity(service.spec()),
        service.spec().text("internalTrafficPolicy").equals(LOCAL),
        outside(service));
  }

  private static Duration affinity(Tree spec) {
    return spec.text("sessionAffinity").equals("ClientIP")
        ? Duration.ofSeconds(
            spec.number(
                DEFAULT_AFFINITY_SECONDS, "sessionAffinityConfig", "clientIP", "timeoutSeconds"))
        : Duration.ZERO;
  }

  private static Outside outside(KubeObject service) {
    Tree spec = service.spec();
    return new Outside(
        spec.items("externalIPs").texts().stream().filter(ServiceView::isIpv4).toList(),
        balancers(service),
        spec.items("loadBalancerSourceRanges").texts().stream().map(String::strip).toList(),
        isLocalToTheWorld(spec));
  }

  private static boolean isLocalToTheWorld(Tree spec) {
    return spec.text("externalTrafficPolicy").equals(LOCAL);
  }

  /** A balancer that is a proxy of its own is not for the node to stand in for. */
  static List<String> balancers(KubeObject service) {
    if (!service.spec().text("type").equals("LoadBalancer")) {
      return List.of();
    }
    return service.status().items("loadBalancer", "ingress").trees().stream()
        .filter(ingress -> !ingress.text("ipMode").equals("Proxy"))
        .map(ingress -> ingress.text("ip"))
        .filter(ServiceView::isIpv4)
        .distinct()
        .toList();
  }

  private static Optional<HealthCheck> health(
      KubeObject service, List<KubeObject> slices, String node) {
    int port = (int) service.spec().number(0, "healthCheckNodePort");
    if (port == 0 || !isLocalToTheWorld(service.spec())) {
      return Optional.empty();
    }
    Predicate<Backend> here = backend -> backend.ready() && backend.node().equals(node);
    long backends = SliceReading.backends(slices).filter(here).map(Backend::ip).distinct().count();
    return Optional.of(new HealthCheck(service.namespace(), service.name(), port, (int) backends));
  }

  static boolean isIpv4(String text) {
    return text.indexOf(':') < 0 && InetAddresses.isInetAddress(text);
  }
}
