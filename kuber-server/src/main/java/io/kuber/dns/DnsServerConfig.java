package io.kuber.dns;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the DNS server works.
 *
 * @param listen where it takes questions, over UDP and TCP; port 0 takes one that is free
 * @param resolvers the machine's own, asked in turn about names outside of the cluster
 * @param patience how long each of them has
 */
public record DnsServerConfig(
    InetSocketAddress listen, List<InetSocketAddress> resolvers, Duration patience) {
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(2);

  public DnsServerConfig {
    resolvers = resolvers.stream().filter(resolver -> !resolver.equals(listen)).toList();
  }

  /** Listens at an address and asks the machine's own resolvers. */
  public static DnsServerConfig at(InetSocketAddress listen) {
    List<InetSocketAddress> resolvers = ResolvConf.resolvers(Path.of("/etc/resolv.conf"));
    return new DnsServerConfig(listen, resolvers, DEFAULT_PATIENCE);
  }
}
