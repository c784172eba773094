package io.kuber.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections of a server. For any thread. */
final class Connections {
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /** Takes in a connection until its channel closes; false when it is one too many. */
  boolean admit(Connection connection) {
    if (closing || open.size() >= HttpLimits.CONNECTIONS) {
      return false;
    }
    open.add(connection);
    connection.channel().closeFuture().addListener(closed -> remove(connection));
    return true;
  }

  private void remove(Connection connection) {
    open.remove(connection);
    synchronized (this) {
      notifyAll();
    }
  }

  /** Asks every connection to end, and ends those which have not after {@code grace}. */
  void close(Duration grace) {
    closing = true;
    open.forEach(Connection::windDown);
    awaitNone(grace);
    open.forEach(connection -> Outbound.close(connection.channel()));
  }

  private synchronized void awaitNone(Duration grace) {
    long deadline = System.nanoTime() + grace.toNanos();
    try {
      for (long left = grace.toMillis(); !open.isEmpty() && left > 0; ) {
        wait(left);
        left = (deadline - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
