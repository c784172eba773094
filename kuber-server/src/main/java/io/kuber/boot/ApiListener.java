package io.kuber.boot;

import io.kuber.http.Handler;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.TlsConfig;
import io.kuber.loop.Entropy;
import io.kuber.server.chain.StatusErrors;
import io.kuber.server.trust.ClusterTrust;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;

/** Opens the port of the API server. */
final class ApiListener {
  private ApiListener() {}

  /**
   * Listens on all addresses; see {@link #listen(ClusterTrust, InetSocketAddress, Entropy,
   * Handler)}.
   */
  static HttpServer listen(ClusterTrust trust, int port, Entropy entropy, Handler handler)
      throws Exception {
    return listen(trust, new InetSocketAddress(port), entropy, handler);
  }

  /**
   * Listens on an address. The authority is part of the chain that is shown, for those who know
   * nothing of it but its pin.
   *
   * @throws StartException when somebody else has the port
   */
  static HttpServer listen(
      ClusterTrust trust, InetSocketAddress address, Entropy entropy, Handler handler)
      throws Exception {
    TlsConfig tls =
        new TlsConfig(
            trust.server().key(),
            List.of(trust.server().certificate(), trust.authority().certificate()),
            List.of(trust.authority().certificate()));
    try {
      return HttpServer.start(
          HttpServerConfig.https(address, tls).withErrors(new StatusErrors(entropy::uuid)),
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
}
