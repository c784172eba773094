package io.kuber.ingress;

import io.kuber.ingress.route.Place;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.Map;

/**
 * Connections of HTTP/2 without TLS, whose streams all requests of the event loop share. Belongs to
 * that loop.
 */
final class SharedConnections {
  private final EventLoop loop;
  private final Dialer dialer;
  private final Map<Place, StreamPool> pools = new HashMap<>();

  SharedConnections(EventLoop loop, Dialer dialer) {
    this.loop = loop;
    this.dialer = dialer;
  }

  /** A stream to the place for one request. */
  Future<Upstream> open(Place place) {
    return pools.computeIfAbsent(place, this::pool).open();
  }

  private StreamPool pool(Place place) {
    return new StreamPool(loop, dialer, place, () -> pools.remove(place));
  }
}
