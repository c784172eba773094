package io.kuber.ingress;

import io.kuber.ingress.route.Place;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Streams of HTTP/2 to one place. Requests take those of the connections that are there as far as
 * the place allows, then those of another connection, and wait for one to end where there may be no
 * more. Belongs to the event loop.
 */
final class StreamPool {
  private final EventLoop loop;
  private final Dialer dialer;
  private final Place place;
  private final Runnable whenEmpty;
  private final List<SharedConnection> connections = new ArrayList<>();
  private final Queue<Promise<Upstream>> waiting = new ArrayDeque<>();

  /** The one that is not there yet; there is one at a time, since it may have room for all. */
  private @Nullable SharedConnection dialled;

  /**
   * @param whenEmpty called once nothing is left and nobody waits
   */
  StreamPool(EventLoop loop, Dialer dialer, Place place, Runnable whenEmpty) {
    this.loop = loop;
    this.dialer = dialer;
    this.place = place;
    this.whenEmpty = whenEmpty;
  }

  /** A stream for one request, or a failure within {@link IngressLimits#FREE_STREAM}. */
  Future<Upstream> open() {
    Promise<Upstream> opened = loop.newPromise();
    if (waiting.size() >= IngressLimits.WAITING_PER_PLACE) {
      return opened.setFailure(new IllegalStateException("too many wait for " + place));
    }
    waiting.add(opened);
    serve();
    if (!opened.isDone()) {
      limit(opened);
    }
    return opened;
  }

  private void limit(Promise<Upstream> opened) {
    var timer =
        loop.schedule(
            () -> {
              waiting.remove(opened);
              opened.tryFailure(new IllegalStateException("no stream to " + place + " is free"));
            },
            IngressLimits.FREE_STREAM.toNanos(),
            TimeUnit.NANOSECONDS);
    opened.addListener(done -> timer.cancel(false));
  }

  /** Gives those who wait what is free. */
  private void serve() {
    while (!waiting.isEmpty()) {
      Optional<SharedConnection> free =
          connections.stream().filter(SharedConnection::hasRoom).findFirst();
      if (free.isEmpty()) {
        dial();
        return;
      }
      free.get().openStream(waiting.remove());
    }
  }

  private void dial() {
    if (dialled == null && connections.size() < IngressLimits.SHARED_PER_PLACE) {
      SharedConnection next = new SharedConnection(loop, this::serve);
      dialled = next;
      next.dial(dialer, place).addListener(done -> dialled(next, done));
    }
  }

  private void dialled(SharedConnection connection, Future<?> outcome) {
    dialled = null;
    if (outcome.isSuccess()) {
      connections.add(connection);
      connection.whenLeaving(() -> left(connection));
      serve();
    } else {
      if (connections.isEmpty()) {
        refuse(outcome.cause());
      }
      checkEmpty();
    }
  }

  private void refuse(Throwable cause) {
    while (!waiting.isEmpty()) {
      waiting.remove().tryFailure(cause);
    }
  }

  private void left(SharedConnection connection) {
    connections.remove(connection);
    serve();
    checkEmpty();
  }

  private void checkEmpty() {
    if (connections.isEmpty() && dialled == null && waiting.isEmpty()) {
      whenEmpty.run();
    }
  }
}
