package io.kuber.node.feed;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Multimaps;
import com.google.common.net.InetAddresses;
import io.kuber.dns.DnsEndpoint;
import io.kuber.dns.DnsPort;
import io.kuber.dns.DnsService;
import io.kuber.node.proxy.Backend;
import io.kuber.node.proxy.Protocol;
import io.kuber.node.proxy.ServicePort;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The services of a cluster as a node serves and names them: pure, from Services and EndpointSlices
 * to ports with backends, and names. Addresses of IPv6 are left out.
 */
record ServicePicture(
    List<ServicePort> ports, Map<ServicePort.Key, List<Backend>> backends, List<DnsService> names) {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  /** Affinity of type ClientIP, unless the service says how long (core/v1 ClientIPConfig). */
  private static final long DEFAULT_AFFINITY_SECONDS = 10_800;

  ServicePicture {
    ports = List.copyOf(ports);
    backends = ImmutableMap.copyOf(backends);
    names = List.copyOf(names);
  }

  /** The picture for the node of the given name. */
  static ServicePicture of(
      Collection<KubeObject> services, Collection<KubeObject> slices, String node) {
    ImmutableListMultimap<String, KubeObject> slicesOf =
        Multimaps.index(
            slices.stream()
                .filter(slice -> slice.tree().text("addressType").equals("IPv4"))
                .toList(),
            slice -> slice.namespace() + "/" + slice.labels().getOrDefault(SERVICE_NAME, ""));
    List<ServicePort> ports = new ArrayList<>();
    Map<ServicePort.Key, List<Backend>> backends = new LinkedHashMap<>();
    List<DnsService> names = new ArrayList<>();
    for (KubeObject service : services) {
      List<KubeObject> own = slicesOf.get(service.namespace() + "/" + service.name());
      for (ServicePort port : ports(service)) {
        ports.add(port);
        backends.put(port.key(), backends(service, port, own, node));
      }
      name(service, own).ifPresent(names::add);
    }
    return new ServicePicture(ports, backends, names);
  }

  private static List<ServicePort> ports(KubeObject service) {
    String clusterIp = service.spec().text("clusterIP");
    if (!isIpv4(clusterIp)) {
      return List.of();
    }
    return service.spec().items("ports").trees().stream()
        .map(port -> port(service, clusterIp, port))
        .toList();
  }

  private static ServicePort port(KubeObject service, String clusterIp, Tree port) {
    return new ServicePort(
        service.namespace(),
        service.name(),
        port.text("name"),
        protocol(port),
        clusterIp,
        (int) port.number(0, "port"),
        (int) port.number(0, "nodePort"),
        affinity(service.spec()),
        externalAddresses(service));
  }

  private static Protocol protocol(Tree port) {
    return switch (port.text("protocol")) {
      case "UDP" -> Protocol.UDP;
      case "SCTP" -> Protocol.SCTP;
      default -> Protocol.TCP;
    };
  }

  private static Duration affinity(Tree spec) {
    return spec.text("sessionAffinity").equals("ClientIP")
        ? Duration.ofSeconds(
            spec.number(
                DEFAULT_AFFINITY_SECONDS, "sessionAffinityConfig", "clientIP", "timeoutSeconds"))
        : Duration.ZERO;
  }

  private static List<String> externalAddresses(KubeObject service) {
    return Stream.concat(
            service.spec().items("externalIPs").texts().stream(),
            service.status().items("loadBalancer", "ingress").trees().stream()
                .map(ingress -> ingress.text("ip")))
        .filter(ServicePicture::isIpv4)
        .distinct()
        .toList();
  }

  /** Ready endpoints; without any, those that are ending but still answer (KEP-1669). */
  private static List<Backend> backends(
      KubeObject service, ServicePort port, List<KubeObject> slices, String node) {
    boolean onlyHere = service.spec().text("internalTrafficPolicy").equals("Local");
    Predicate<Tree> near = endpoint -> !onlyHere || endpoint.text("nodeName").equals(node);
    List<Backend> ready = backends(port, slices, near.and(ServicePicture::isReady));
    return ready.isEmpty() ? backends(port, slices, near.and(ServicePicture::stillServes)) : ready;
  }

  private static List<Backend> backends(
      ServicePort port, List<KubeObject> slices, Predicate<Tree> wanted) {
    List<Backend> backends = new ArrayList<>();
    for (KubeObject slice : slices) {
      for (Tree target : slice.tree().items("ports").trees()) {
        if (target.text("name").equals(port.portName()) && protocol(target) == port.protocol()) {
          addresses(slice, wanted)
              .map(ip -> new Backend(ip, (int) target.number(0, "port")))
              .forEach(backends::add);
        }
      }
    }
    return backends;
  }

  private static Stream<String> addresses(KubeObject slice, Predicate<Tree> wanted) {
    return slice.tree().items("endpoints").trees().stream()
        .filter(wanted)
        .flatMap(endpoint -> endpoint.items("addresses").texts().stream().limit(1))
        .filter(ServicePicture::isIpv4);
  }

  /** A condition that is not there counts as true (discovery/v1 EndpointConditions). */
  private static boolean isReady(Tree endpoint) {
    return !Boolean.FALSE.equals(endpoint.at("conditions", "ready"));
  }

  private static boolean stillServes(Tree endpoint) {
    return endpoint.isTrue("conditions", "serving") && endpoint.isTrue("conditions", "terminating");
  }

  private static Optional<DnsService> name(KubeObject service, List<KubeObject> slices) {
    Tree spec = service.spec();
    String clusterIp = spec.text("clusterIP");
    if (spec.text("type").equals("ExternalName")) {
      return Optional.of(
          DnsService.alias(service.namespace(), service.name(), spec.text("externalName")));
    }
    if (isIpv4(clusterIp)) {
      List<DnsPort> ports = spec.items("ports").trees().stream().map(ServicePicture::dns).toList();
      return Optional.of(
          DnsService.withAddress(service.namespace(), service.name(), clusterIp, ports));
    }
    return clusterIp.equals("None")
        ? Optional.of(DnsService.headless(service.namespace(), service.name(), endpoints(slices)))
        : Optional.empty();
  }

  private static List<DnsEndpoint> endpoints(List<KubeObject> slices) {
    List<DnsEndpoint> endpoints = new ArrayList<>();
    for (KubeObject slice : slices) {
      List<DnsPort> ports =
          slice.tree().items("ports").trees().stream().map(ServicePicture::dns).toList();
      for (Tree endpoint : slice.tree().items("endpoints").trees()) {
        String ip = endpoint.items("addresses").texts().stream().findFirst().orElse("");
        if (isReady(endpoint) && isIpv4(ip)) {
          endpoints.add(new DnsEndpoint(ip, endpoint.text("hostname"), ports));
        }
      }
    }
    return endpoints;
  }

  private static DnsPort dns(Tree port) {
    return new DnsPort(port.text("name"), protocol(port).name(), (int) port.number(0, "port"));
  }

  private static boolean isIpv4(String text) {
    return text.indexOf(':') < 0 && InetAddresses.isInetAddress(text);
  }
}
