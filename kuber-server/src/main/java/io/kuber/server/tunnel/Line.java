package io.kuber.server.tunnel;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to another server, which can be cut from any thread at any time: also before it is
 * made, and then it is not made any more.
 */
public final class Line implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Line.class);

  private @Nullable Socket socket;
  private boolean isCut;

  /** A connection that is still to be made. */
  public Line() {}

  /** Takes a socket that is about to connect; the one before is closed already. */
  public synchronized void take(Socket next) throws IOException {
    if (isCut) {
      throw new IOException("the request was given up");
    }
    socket = next;
  }

  /** Whether it was cut. */
  public synchronized boolean isCut() {
    return isCut;
  }

  @Override
  public synchronized void close() {
    isCut = true;
    if (socket != null) {
      close(socket);
    }
  }

  /** Closes; what cannot be closed is broken already, and whoever reads from it finds out. */
  public static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a connection broke while it was closed", e);
    }
  }
}
