package io.kuber.boot;

import io.kuber.api.Witness;
import io.kuber.store.Store;
import java.time.InstantSource;

/**
 * Whoever is to know all that happens in an embedded cluster: each change, from the first one on,
 * by following the store, and each request by its answer.
 */
public interface Observer {
  /** Sees nothing, at no cost. */
  Observer NONE = (store, clock) -> {};

  /** The cluster starts; nothing is written yet. {@code clock} tells its time. */
  void begin(Store store, InstantSource clock);

  /** Is told of the requests; asked before the first one. */
  default Witness witness() {
    return Witness.NOBODY;
  }
}
