package io.kuber.boot;

import io.kuber.boot.NodeHalf.Entrance;
import io.kuber.http.Handler;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.TlsConfig;
import io.kuber.node.endpoint.NodeErrors;
import io.kuber.node.endpoint.NodeGate;
import io.kuber.server.trust.Identity;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;

/** Opens the port of a node. */
final class NodeListener {
  private NodeListener() {}

  /**
   * Listens on all addresses, at the port of the entrance or, where another node of this machine
   * has that, at any; the node's status tells which.
   *
   * @param addresses by which the node is reached, for its certificate
   */
  static HttpServer listen(
      Entrance entrance, String node, List<String> addresses, Handler endpoint, Instant now)
      throws IOException {
    Identity shown = entrance.trust().node(node, addresses, now);
    TlsConfig tls =
        new TlsConfig(
            shown.key(),
            List.of(shown.certificate(), entrance.trust().authority().certificate()),
            List.of(entrance.trust().authority().certificate()));
    Handler gate = new NodeGate(node, entrance.access(), endpoint);
    try {
      return HttpServer.start(at(entrance.port(), tls), gate);
    } catch (IOException e) {
      if (!(e.getCause() instanceof BindException)) {
        throw e;
      }
      return HttpServer.start(at(0, tls), gate);
    }
  }

  private static HttpServerConfig at(int port, TlsConfig tls) {
    return HttpServerConfig.https(new InetSocketAddress(port), tls).withErrors(new NodeErrors());
  }
}
