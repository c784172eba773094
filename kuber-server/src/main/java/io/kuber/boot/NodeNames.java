package io.kuber.boot;

import io.kuber.client.Client;
import io.kuber.dns.DnsServer;
import io.kuber.dns.DnsServerConfig;
import io.kuber.dns.DnsZone;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.object.KubeObject;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * How the pods of a node learn names: a DNS server at their gateway, behind a service address.
 *
 * @param node the node's name
 * @param network of its pods
 * @param domain below which the cluster's names are
 */
record NodeNames(String node, PodNetworkConfig network, ClusterDomain domain) {
  private static final int PORT = 53;

  /** The tenth address of services, as every installer of Kubernetes does it. */
  private static final int SERVICE = 10;

  /** Somebody who listens on port 53 of all addresses does not keep the cluster from its names. */
  DnsServer listen() {
    DnsZone empty = DnsZone.of(domain.name(), List.of(), List.of());
    try {
      return DnsServer.start(at(PORT), empty);
    } catch (IllegalStateException taken) {
      return DnsServer.start(at(0), empty);
    }
  }

  private DnsServerConfig at(int port) {
    return DnsServerConfig.at(new InetSocketAddress(network.gateway().toString(), port));
  }

  /** Where pods ask. */
  String serviceAddress() {
    return network.services().base().plus(SERVICE).toString();
  }

  /** Leads the Service, which is there or will be, to the server. */
  CompletionStage<KubeObject> lead(Client client, DnsServer server) {
    return new ClusterDns(client).lead(server.address(), node);
  }

  /** Leads the service address to the server; blocks. */
  void publish(Client client, DnsServer server) {
    new ClusterDns(client).publish(serviceAddress(), server.address(), node);
  }
}
