package io.kuber.reconcile;

import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;

/**
 * A brain that brings one kind of thing to its desired state, level by level: it never hears what
 * changed, only that it should look again. Called on the reconciler's loop only.
 */
public interface Controller {
  /** The name, such as {@code replicaset-controller}. */
  String name();

  /** Who its events say they are from. */
  default String reporter() {
    return name();
  }

  /** Which changes make it look at which keys. */
  List<Trigger> triggers();

  /**
   * What to do about a key now. Must not block; reads nothing but its arguments. The object of the
   * key may be gone.
   */
  Plan plan(View view, Key key, Instant now);
}
