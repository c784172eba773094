package io.kuber.engine.network;

import io.kuber.dns.DnsServer;
import io.kuber.dns.DnsServerConfig;
import io.kuber.dns.DnsZone;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Answers names of containers, a server for each network that people have made, at its gateway. For
 * one thread at a time.
 */
final class NetworkNames {
  private static final int DNS_PORT = 53;

  /** What no name of a container ends in: nothing of a cluster is known here. */
  private static final String NO_CLUSTER = "cluster.invalid";

  private final Map<String, DnsServer> servers = new HashMap<>();

  /** Begins to answer, or goes on with what has changed. */
  void show(Network network) {
    DnsZone zone = zone(network);
    DnsServer server = servers.get(network.id());
    if (server != null) {
      server.update(zone);
      return;
    }
    InetSocketAddress gateway = new InetSocketAddress(network.gateway().inet(), DNS_PORT);
    servers.put(network.id(), DnsServer.start(DnsServerConfig.at(gateway), zone));
  }

  /** What a network's server knows; of two containers with one name the first has it. */
  static DnsZone zone(Network network) {
    Map<String, String> hosts = new HashMap<>();
    for (Network.Member member : network.members().values()) {
      String id = member.container();
      hosts.put(id.substring(0, Math.min(12, id.length())), member.address().toString());
      for (String name : member.names()) {
        hosts.putIfAbsent(name.toLowerCase(Locale.ROOT), member.address().toString());
      }
    }
    return DnsZone.of(NO_CLUSTER, List.of(), List.of()).withHosts(hosts);
  }

  /** Answers no more. */
  void hide(Network network) {
    DnsServer server = servers.remove(network.id());
    if (server != null) {
      server.close();
    }
  }

  /** Answers nobody any more. */
  void close() {
    servers.values().forEach(DnsServer::close);
    servers.clear();
  }
}
