package io.kuber.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections of a server. One address may have half of all that there may be, so that
 * whoever holds connections without use leaves others a way in. For any thread.
 */
final class Connections {
  private static final long COMPLAINT_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private final int limit;
  private final int limitOfOne;
  private final Map<InetAddress, Integer> ofOne = new ConcurrentHashMap<>();
  private final AtomicLong complained = new AtomicLong(System.nanoTime() - COMPLAINT_NANOS);
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /** At most {@code limit} of them. */
  Connections(int limit) {
    this.limit = limit;
    this.limitOfOne = Math.max(1, limit / 2);
  }

  /** Takes in a connection until its channel closes; false when it is one too many. */
  boolean admit(Connection connection) {
    InetAddress from = connection.address().getAddress();
    if (closing) {
      return false;
    }
    if (open.size() >= limit) {
      complain(from, limit, "");
      return false;
    }
    if (ofOne.merge(from, 1, Integer::sum) > limitOfOne) {
      leave(from);
      complain(from, limitOfOne, " from one address");
      return false;
    }
    open.add(connection);
    connection.channel().closeFuture().addListener(closed -> remove(connection, from));
    return true;
  }

  /** The peer sees no more than that its connection is closed: the log says why, now and then. */
  private void complain(InetAddress from, int most, String whose) {
    long last = complained.get();
    long now = System.nanoTime();
    if (now - last >= COMPLAINT_NANOS && complained.compareAndSet(last, now)) {
      LOG.warn(
          "connections from {} are closed at once: there may be {}{}, and so many are open",
          from.getHostAddress(),
          most,
          whose);
    }
  }

  private void leave(InetAddress from) {
    ofOne.computeIfPresent(from, (address, count) -> count == 1 ? null : count - 1);
  }

  private void remove(Connection connection, InetAddress from) {
    leave(from);
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
