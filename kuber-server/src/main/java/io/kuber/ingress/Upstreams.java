package io.kuber.ingress;

import io.kuber.ingress.route.Dialect;
import io.kuber.ingress.route.Place;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

/** The connections of one event loop to pods. Belongs to that loop. */
final class Upstreams {
  private final KeptConnections plain;
  private final KeptConnections secure;
  private final SharedConnections shared;

  Upstreams(EventLoop loop, Dialer dialer) {
    this.plain = new KeptConnections(loop, dialer, false);
    this.secure = new KeptConnections(loop, dialer, true);
    this.shared = new SharedConnections(loop, dialer);
  }

  /**
   * A way to the place for one request.
   *
   * @param anew whether none will do that served a request before
   */
  Future<Upstream> open(Place place, Dialect dialect, boolean anew) {
    return switch (dialect) {
      case HTTP -> plain.open(place, anew);
      case HTTPS -> secure.open(place, anew);
      case H2C -> shared.open(place);
    };
  }
}
