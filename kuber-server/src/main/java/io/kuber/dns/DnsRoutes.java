package io.kuber.dns;

import com.google.common.collect.ImmutableMap;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * Who is asked about names that are not the cluster's.
 *
 * @param upstream about all names of no stub domain, in turn; empty for the machine's own resolvers
 * @param stubs about a domain and all below it, in turn, by the domain; the longest counts
 */
public record DnsRoutes(
    List<InetSocketAddress> upstream, Map<String, List<InetSocketAddress>> stubs) {
  /** Nothing else than the machine's own resolvers. */
  public static final DnsRoutes OF_MACHINE = new DnsRoutes(List.of(), Map.of());

  public DnsRoutes {
    upstream = List.copyOf(upstream);
    ImmutableMap.Builder<String, List<InetSocketAddress>> byDomain = ImmutableMap.builder();
    stubs.forEach(
        (domain, servers) -> byDomain.put(DnsService.plain(domain), List.copyOf(servers)));
    stubs = byDomain.buildKeepingLast();
  }

  /** The same with others upstream if it names none itself. */
  DnsRoutes orUpstream(List<InetSocketAddress> others) {
    return upstream.isEmpty() ? new DnsRoutes(others, stubs) : this;
  }

  /** The resolvers for a name, lower case without a dot at its end. */
  List<InetSocketAddress> to(String name) {
    String domain = name;
    while (!domain.isEmpty()) {
      List<InetSocketAddress> servers = stubs.get(domain);
      if (servers != null) {
        return servers;
      }
      int dot = domain.indexOf('.');
      domain = dot < 0 ? "" : domain.substring(dot + 1);
    }
    return upstream;
  }
}
