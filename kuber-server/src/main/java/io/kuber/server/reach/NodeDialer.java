package io.kuber.server.reach;

import io.kuber.server.tunnel.Line;
import io.kuber.server.webhook.TlsLayer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSocket;

/**
 * Connects to endpoints of nodes, which prove by the cluster's authority that they are the node of
 * that name, whatever their addresses. For any thread, which waits a bounded time.
 */
public final class NodeDialer {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** Between two bytes of a handshake, and up to the head of an answer. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final TlsLayer tls;
  private final String authority;

  /**
   * A dialer of a server.
   *
   * @param keys show who the server is
   * @param authority of the cluster, in PEM
   */
  public NodeDialer(KeyManager keys, String authority, InstantSource clock) {
    this.tls = new TlsLayer(clock, new KeyManager[] {keys});
    this.authority = authority;
  }

  /**
   * A connection to a node.
   *
   * @param line holds whatever is being connected
   */
  SSLSocket dial(NodeAddress node, Line line) throws IOException {
    Socket plain = new Socket();
    try {
      line.take(plain);
      plain.connect(new InetSocketAddress(node.host(), node.port()), (int) CONNECT.toMillis());
      plain.setSoTimeout((int) SILENCE.toMillis());
      plain.setTcpNoDelay(true);
      plain.setKeepAlive(true);
      return tls.secured(plain, node.name(), authority);
    } catch (IOException e) {
      Line.close(plain);
      throw new IOException(
          "node %s at %s:%d: %s".formatted(node.name(), node.host(), node.port(), e.getMessage()),
          e);
    } catch (GeneralSecurityException e) {
      Line.close(plain);
      throw new IOException("the authority of the cluster cannot be used", e);
    }
  }
}
