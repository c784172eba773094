package io.kuber.boot;

import io.kuber.http.Handler;
import io.kuber.http.HttpLimits;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.TlsConfig;
import io.kuber.loop.Loops;
import io.kuber.server.chain.StatusErrors;
import io.kuber.server.metric.Descriptors;
import io.kuber.server.trust.ClusterTrust;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;

/** Opens the port of the API server. */
final class ApiListener {
  private ApiListener() {}

  /**
   * Listens on all addresses, for clients of the cluster's own authority.
   *
   * @param proxies who may vouch for proxies in front
   */
  static HttpServer listen(
      ClusterTrust trust, List<X509Certificate> proxies, int port, Loops loops, Handler handler)
      throws Exception {
    List<X509Certificate> authorities = List.of(trust.authority().certificate());
    TlsConfig tls = tls(trust, authorities, proxies, loops.clock());
    return listen(tls, new InetSocketAddress(port), loops, handler);
  }

  /**
   * Listens on an address. The authority is part of the chain that is shown, for those who know
   * nothing of it but its pin.
   *
   * @param authorities who may vouch for clients
   * @throws StartException when somebody else has the port
   */
  static HttpServer listen(
      ClusterTrust trust,
      List<X509Certificate> authorities,
      InetSocketAddress address,
      Loops loops,
      Handler handler)
      throws Exception {
    return listen(tls(trust, authorities, List.of(), loops.clock()), address, loops, handler);
  }

  private static HttpServer listen(
      TlsConfig tls, InetSocketAddress address, Loops loops, Handler handler) throws Exception {
    try {
      return HttpServer.start(
          HttpServerConfig.https(address, tls)
              .withErrors(new StatusErrors(loops.entropy()::uuid))
              .withConnections(connections()),
          handler);
    } catch (IOException e) {
      if (!(e.getCause() instanceof BindException)) {
        throw e;
      }
      throw new StartException(
          "port "
              + address.getPort()
              + " is taken by another program; choose another with --port, or --port 0 for any");
    }
  }

  /** Descriptors are left for the store and the node, however many connections there are. */
  private static int connections() {
    return (int) Math.min(HttpLimits.CONNECTIONS, Math.max(2, Descriptors.most() / 2));
  }

  /** What the API server shows, and whom it believes. */
  static TlsConfig tls(
      ClusterTrust trust,
      List<X509Certificate> authorities,
      List<X509Certificate> proxies,
      InstantSource clock) {
    return new TlsConfig(
        trust.server().key(),
        List.of(trust.server().certificate(), trust.authority().certificate()),
        authorities,
        proxies,
        clock);
  }
}
