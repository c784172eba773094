package io.kuber.dns;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.kuber.store.SortedTree;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * All that cluster DNS knows: an immutable picture of the cluster's services at one time. The next
 * picture shares all that did not change with the one before, so that a change costs the same in
 * large clusters and in small ones, or nearly so.
 */
public final class DnsZone {
  /** The domain clusters have unless they choose another. */
  public static final String DEFAULT_DOMAIN = "cluster.local";

  private final String domain;
  private final ImmutableSet<String> namespaces;
  private final SortedTree<String, DnsService> services;

  /** By address, then by who gives the name: services for their own address come first. */
  private final SortedTree<String, Named> names;

  /** Addresses of names outside of the domain, lower case. */
  private final ImmutableMap<String, String> hosts;

  private record Named(String address, String name) {}

  private DnsZone(
      String domain,
      ImmutableSet<String> namespaces,
      SortedTree<String, DnsService> services,
      SortedTree<String, Named> names,
      ImmutableMap<String, String> hosts) {
    this.hosts = hosts;
    this.domain = domain;
    this.namespaces = namespaces;
    this.services = services;
    this.names = names;
  }

  /**
   * A zone of services.
   *
   * @param domain such as {@code cluster.local}, lower case, without a dot at its end
   * @param namespaces all that exist, those without services included
   */
  public static DnsZone of(
      String domain, Collection<String> namespaces, Collection<DnsService> services) {
    DnsZone zone =
        new DnsZone(
            domain,
            ImmutableSet.copyOf(namespaces),
            SortedTree.empty(),
            SortedTree.empty(),
            ImmutableMap.of());
    for (DnsService service : services) {
      zone = zone.with(service);
    }
    return zone;
  }

  /** The same with a service, in place of the one of its name if there is one. */
  public DnsZone with(DnsService service) {
    DnsZone others = without(service.namespace(), service.name());
    SortedTree<String, Named> more = others.names;
    for (Map.Entry<String, Named> name : namesOf(service).entrySet()) {
      more = more.with(name.getKey(), name.getValue());
    }
    return new DnsZone(
        domain, namespaces, others.services.with(key(service), service), more, hosts);
  }

  /** The same without a service, if it is there. */
  public DnsZone without(String namespace, String name) {
    DnsService gone = services.get(key(namespace, name));
    if (gone == null) {
      return this;
    }
    SortedTree<String, Named> fewer = names;
    for (String key : namesOf(gone).keySet()) {
      fewer = fewer.without(key);
    }
    return new DnsZone(domain, namespaces, services.without(key(gone)), fewer, hosts);
  }

  /** The same with these namespaces, and no others. */
  public DnsZone inNamespaces(Collection<String> all) {
    return new DnsZone(domain, ImmutableSet.copyOf(all), services, names, hosts);
  }

  /**
   * The same, which also knows these names outside of the domain, such as those of containers.
   *
   * @param addresses by name, lower case; they replace those that there were
   */
  public DnsZone withHosts(Map<String, String> addresses) {
    return new DnsZone(domain, namespaces, services, names, ImmutableMap.copyOf(addresses));
  }

  /** The address of a name outside of the domain. */
  Optional<String> host(String name) {
    return Optional.ofNullable(hosts.get(name));
  }

  /** A pod behind several services has the name that the first of them gives it. */
  private Map<String, Named> namesOf(DnsService service) {
    Map<String, Named> own = new HashMap<>();
    String name = nameOf(service);
    if (!service.isHeadless()) {
      String address = IpText.canonical(service.clusterIp());
      own.put(address + " 1 " + key(service), new Named(address, name));
    }
    for (DnsEndpoint endpoint : service.endpoints()) {
      String address = IpText.canonical(endpoint.ip());
      own.putIfAbsent(
          address + " 2 " + key(service), new Named(address, endpoint.label() + "." + name));
    }
    return own;
  }

  public String domain() {
    return domain;
  }

  /** How many services there are. */
  public int size() {
    return services.size();
  }

  boolean hasNamespace(String namespace) {
    return namespaces.contains(namespace);
  }

  Optional<DnsService> service(String namespace, String name) {
    return Optional.ofNullable(services.get(key(namespace, name)));
  }

  /** The name of a service's or pod's address, given canonical. */
  Optional<String> nameOf(String address) {
    Iterator<Named> found = names.valuesFrom(address + " ");
    return Optional.ofNullable(found.hasNext() ? found.next() : null)
        .filter(named -> named.address().equals(address))
        .map(Named::name);
  }

  /** The full name of a service, without a dot at its end. */
  String nameOf(DnsService service) {
    return service.name() + "." + service.namespace() + ".svc." + domain;
  }

  private static String key(DnsService service) {
    return key(service.namespace(), service.name());
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }
}
