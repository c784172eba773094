package io.kuber.boot;

import io.kuber.access.User;
import io.kuber.boot.NodeHalf.Clients;
import io.kuber.boot.NodeHalf.ServerHalf;
import io.kuber.client.Client;
import io.kuber.dns.DnsServer;
import io.kuber.http.Handler;
import io.kuber.http.HttpServer;
import io.kuber.loop.Loops;
import io.kuber.node.network.PodNetworkConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a node stands on, the same whether the API is in its process or on another machine.
 *
 * @param clients of the API
 * @param dataDir where everything that lasts is kept
 * @param domain below which names of Services are
 * @param given the address that its owner gave it
 * @param door opens its endpoint; without one it has none
 * @param publishing tells the cluster where it answers names
 */
record NodeFooting(
    Clients clients,
    Loops loops,
    Path dataDir,
    String nodeName,
    ClusterDomain domain,
    Optional<String> given,
    Optional<Door> door,
    Publishing publishing) {
  /** How the endpoint of a node comes to be reached. */
  @FunctionalInterface
  interface Door {
    /**
     * Listens.
     *
     * @param addresses by which the node is reached
     * @param endpoint answers those who may ask
     */
    HttpServer open(String node, List<String> addresses, Handler endpoint) throws Exception;
  }

  /** How the cluster learns where a node answers names. */
  @FunctionalInterface
  interface Publishing {
    /** Tells it, or begins to. */
    void publish(NodeNames names, DnsServer server);
  }

  /** Of a node in the process of a server. */
  static NodeFooting of(ServerHalf cluster) {
    return new NodeFooting(
        cluster.clients(),
        cluster.loops(),
        cluster.dataDir(),
        cluster.nodeName(),
        cluster.domain(),
        Optional.empty(),
        cluster
            .entrance()
            .map(
                entrance ->
                    (node, addresses, endpoint) ->
                        NodeListener.listen(
                            entrance,
                            node,
                            addresses,
                            endpoint,
                            cluster.loops().clock().instant())),
        (names, server) -> {
          Client system = cluster.clients().of(User.system("system:kuber"), "kuber");
          names.publish(system, server);
        });
  }

  /** The address by which the node is known. */
  String address(PodNetworkConfig network) {
    return given.or(HostAddress::towardsOthers).orElse(network.gateway().toString());
  }
}
