package io.kuber.boot;

import io.kuber.boot.NodeHalf.Entrance;
import io.kuber.http.Handler;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.TlsConfig;
import io.kuber.node.endpoint.NodeErrors;
import io.kuber.node.endpoint.NodeGate;
import io.kuber.server.trust.Identity;
import io.kuber.server.trust.RenewedKeys;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
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
    Handler gate = new NodeGate(node, entrance.access(), endpoint);
    HttpServer server = start(entrance.port(), tls(entrance, shown), gate);
    RenewedKeys keys = new RenewedKeys(shown);
    entrance
        .care()
        .add(
            later -> {
              if (keys.shown().isToBeRenewed(later)) {
                keys.show(entrance.trust().node(node, addresses, later));
                server.show(tls(entrance, keys.shown()));
              }
            });
    return server;
  }

  private static TlsConfig tls(Entrance entrance, Identity shown) {
    return tls(shown, entrance.trust().authority().certificate());
  }

  /** What shows an identity, and believes clients of the authority. */
  static TlsConfig tls(Identity shown, X509Certificate authority) {
    return new TlsConfig(shown.key(), List.of(shown.certificate(), authority), List.of(authority));
  }

  /** Listens on all addresses, at that port or, where somebody else has it, at any. */
  static HttpServer start(int port, TlsConfig tls, Handler gate) throws IOException {
    try {
      return HttpServer.start(at(port, tls), gate);
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
