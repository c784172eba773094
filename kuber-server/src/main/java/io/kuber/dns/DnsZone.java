package io.kuber.dns;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** All that cluster DNS knows: an immutable picture of the cluster's services at one time. */
public final class DnsZone {
  /** The domain clusters have unless they choose another. */
  public static final String DEFAULT_DOMAIN = "cluster.local";

  private final String domain;
  private final ImmutableSet<String> namespaces;
  private final ImmutableMap<String, DnsService> services;
  private final ImmutableMap<String, String> namesByAddress;

  /**
   * @param domain such as {@code cluster.local}, lower case, without a dot at its end
   * @param namespaces all that exist, those without services included
   */
  public DnsZone(String domain, Collection<String> namespaces, Collection<DnsService> services) {
    this.domain = domain;
    this.namespaces = ImmutableSet.copyOf(namespaces);
    Map<String, DnsService> byName = new HashMap<>();
    Map<String, String> byAddress = new HashMap<>();
    services.forEach(service -> byName.put(key(service.namespace(), service.name()), service));
    services.forEach(service -> addEndpointNames(service, byAddress));
    services.stream()
        .filter(service -> !service.isHeadless())
        .forEach(service -> byAddress.put(IpText.canonical(service.clusterIp()), nameOf(service)));
    this.services = ImmutableMap.copyOf(byName);
    this.namesByAddress = ImmutableMap.copyOf(byAddress);
  }

  /** A pod behind several services has the name that the first one gives it. */
  private void addEndpointNames(DnsService service, Map<String, String> byAddress) {
    for (DnsEndpoint endpoint : service.endpoints()) {
      byAddress.putIfAbsent(
          IpText.canonical(endpoint.ip()), endpoint.label() + "." + nameOf(service));
    }
  }

  public String domain() {
    return domain;
  }

  boolean hasNamespace(String namespace) {
    return namespaces.contains(namespace);
  }

  Optional<DnsService> service(String namespace, String name) {
    return Optional.ofNullable(services.get(key(namespace, name)));
  }

  /** The name of a service's or pod's address, given canonical. */
  Optional<String> nameOf(String address) {
    return Optional.ofNullable(namesByAddress.get(address));
  }

  /** The full name of a service, without a dot at its end. */
  String nameOf(DnsService service) {
    return service.name() + "." + service.namespace() + ".svc." + domain;
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }
}
