package io.kuber.ingress.route;

import java.util.List;

/**
 * A Service's port with all places that serve it now.
 *
 * @param name as people read it: {@code namespace/service:port}
 * @param places empty where nothing serves
 */
public record Backend(String name, Dialect dialect, List<Place> places) {
  /** Copies the list. */
  public Backend {
    places = List.copyOf(places);
  }
}
