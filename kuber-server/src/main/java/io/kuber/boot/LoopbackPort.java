package io.kuber.boot;

import io.kuber.http.Handler;
import io.kuber.http.HttpServer;
import io.kuber.loop.Loops;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Kubeconfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A port of this machine alone, and the file that leads clients to it. */
final class LoopbackPort implements AutoCloseable {
  private static final String ADDRESS = "127.0.0.1";

  /**
   * The certificates of all embedded clusters of this process, since keys take longer to make than
   * a cluster to start. These clusters have one owner, who is the administrator of them all.
   */
  private static @Nullable ClusterTrust trust;

  private final HttpServer server;
  private final Path kubeconfig;

  private LoopbackPort(HttpServer server, Path kubeconfig) {
    this.server = server;
    this.kubeconfig = kubeconfig;
  }

  /**
   * Opens a free port; certificates and the kubeconfig go into the directory.
   *
   * @param clients the authority that vouches for clients besides the administrator
   */
  static LoopbackPort open(Path directory, X509Certificate clients, Loops loops, Handler handler)
      throws Exception {
    ClusterTrust shown = trust(directory, loops.clock().instant());
    HttpServer server =
        ApiListener.listen(
            shown,
            List.of(shown.authority().certificate(), clients),
            new InetSocketAddress(InetAddress.getByName(ADDRESS), 0),
            loops,
            handler);
    Path kubeconfig = directory.resolve("kubeconfig");
    Kubeconfig.write(kubeconfig, "https://" + ADDRESS + ":" + server.port(), shown);
    return new LoopbackPort(server, kubeconfig);
  }

  private static synchronized ClusterTrust trust(Path directory, Instant now) throws IOException {
    if (trust == null) {
      trust = ClusterTrust.open(directory.resolve("pki"), List.of(ADDRESS), now);
    }
    return trust;
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public void close() {
    server.close();
  }
}
