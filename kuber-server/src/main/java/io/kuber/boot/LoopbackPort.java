package io.kuber.boot;

import io.kuber.http.Handler;
import io.kuber.http.HttpServer;
import io.kuber.loop.Loops;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Kubeconfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** A port of this machine alone, and the file that leads clients to it. */
final class LoopbackPort implements AutoCloseable {
  private static final String ADDRESS = "127.0.0.1";

  private final HttpServer server;
  private final Path kubeconfig;

  private LoopbackPort(HttpServer server, Path kubeconfig) {
    this.server = server;
    this.kubeconfig = kubeconfig;
  }

  /** Opens a free port; certificates and the kubeconfig go into the directory. */
  static LoopbackPort open(Path directory, Loops loops, Handler handler) throws Exception {
    ClusterTrust trust =
        ClusterTrust.open(directory.resolve("pki"), List.of(ADDRESS), loops.clock().instant());
    HttpServer server =
        ApiListener.listen(
            trust,
            new InetSocketAddress(InetAddress.getByName(ADDRESS), 0),
            loops.entropy(),
            handler);
    Path kubeconfig = directory.resolve("kubeconfig");
    Kubeconfig.write(kubeconfig, "https://" + ADDRESS + ":" + server.port(), trust);
    return new LoopbackPort(server, kubeconfig);
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public void close() {
    server.close();
  }
}
