package io.kuber.ingress;

import io.kuber.ingress.route.Backend;
import io.kuber.ingress.route.Place;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a place of a backend that takes a request: those whose turn it is, one after the other.
 * Belongs to the event loop.
 */
final class PlaceSearch {
  private final Backend backend;
  private final Iterator<Place> places;
  private final Upstreams upstreams;
  private final Consumer<Upstream> found;
  private final Runnable inVain;
  private @Nullable Place place;
  private boolean stopped;

  /**
   * @param found takes the way to a place
   * @param inVain runs once all have been tried
   */
  PlaceSearch(
      Gate gate, EventLoop loop, Backend backend, Consumer<Upstream> found, Runnable inVain) {
    this.backend = backend;
    this.places = gate.turn(backend).iterator();
    this.upstreams = gate.upstreams(loop);
    this.found = found;
    this.inVain = inVain;
  }

  /** Tries the next place; false if there is none. */
  boolean next() {
    if (stopped || !places.hasNext()) {
      return false;
    }
    open(places.next(), false);
    return true;
  }

  /** Tries no further place. */
  void stop() {
    stopped = true;
  }

  /** Tries the place that was found, by a connection that served nobody before. */
  void again() {
    if (place == null) {
      throw new IllegalStateException("no place was found before");
    }
    open(place, true);
  }

  private void open(Place next, boolean anew) {
    place = next;
    Future<Upstream> opening = upstreams.open(next, backend.dialect(), anew);
    opening.addListener(
        done -> {
          if (done.isSuccess()) {
            found.accept(opening.getNow());
          } else if (!next()) {
            inVain.run();
          }
        });
  }

  /** Where it looked last, for the log. */
  @Override
  public String toString() {
    return String.valueOf(place);
  }
}
