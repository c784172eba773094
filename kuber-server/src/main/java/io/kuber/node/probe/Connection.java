package io.kuber.node.probe;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of a probe, which is cut when its time is over, however slowly the other side goes
 * on; says of failures what Go says, which people know.
 */
final class Connection implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final Socket socket = new Socket();
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  private Connection(Duration limit) {
    CompletionStage<Void> end = over.orTimeout(Math.max(1, limit.toNanos()), TimeUnit.NANOSECONDS);
    end.whenComplete((none, late) -> cut());
  }

  /** Connects; all of connecting, writing and reading has to be done within the time. */
  static Connection open(String host, int port, Duration limit) throws IOException {
    String address = authority(host, port);
    Connection connection = new Connection(limit);
    try {
      connection.socket.setTcpNoDelay(true);
      int millis = (int) Math.max(1, limit.toMillis());
      connection.socket.connect(new InetSocketAddress(host, port), millis);
      return connection;
    } catch (ConnectException e) {
      connection.close();
      throw new IOException("dial tcp " + address + ": connect: connection refused", e);
    } catch (SocketTimeoutException e) {
      connection.close();
      throw new IOException("dial tcp " + address + ": i/o timeout", e);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** A host and a port as addresses of the web have them. */
  static String authority(String host, int port) {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }

  Socket socket() {
    return socket;
  }

  /** Whether the time was over before the end. */
  boolean isLate() {
    return over.isCompletedExceptionally();
  }

  private void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing a connection of a probe failed", e);
    }
  }

  @Override
  public void close() {
    over.complete(null);
  }
}
