package io.kuber.server.chain;

import java.util.concurrent.Semaphore;

/** Refuses requests beyond a number at the same time, so that overload stays answerable. */
final class Throttle implements Link {
  /** Requests in flight that end by themselves; upstream allows 400 reads and 200 writes. */
  private static final int MAX_IN_FLIGHT = 600;

  private final Semaphore places;

  Throttle() {
    this(MAX_IN_FLIGHT);
  }

  Throttle(int maxInFlight) {
    this.places = new Semaphore(maxInFlight);
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    if (request.isLongRunning()) {
      next.handle(request);
    } else if (places.tryAcquire()) {
      request.exchange().onClose(places::release);
      next.handle(request);
    } else {
      throw StatusErrors.tooManyRequests("too many requests, please try again later");
    }
  }
}
