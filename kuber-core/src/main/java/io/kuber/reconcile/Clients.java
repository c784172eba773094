package io.kuber.reconcile;

import io.kuber.client.Client;

/** With whose rights controllers write. */
@FunctionalInterface
public interface Clients {
  /** Stands for what the controllers do together: telling of events. */
  String NOBODY = "";

  /** The client of the controller of that name, or of {@link #NOBODY}. */
  Client of(String controller);
}
