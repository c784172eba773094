package io.kuber.reconcile;

import io.kuber.object.KubeObject;
import io.kuber.store.Delta;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.util.List;
import java.util.Optional;

/**
 * A delta, read as objects.
 *
 * @param isFound whether nothing changed: the object was there when the controllers started, who
 *     knows since when and what it outlived
 */
public record Change(Delta delta, boolean isFound) {
  static Change of(Delta delta) {
    return new Change(delta, false);
  }

  static Change found(Stored stored) {
    return new Change(new Delta(null, stored, false), true);
  }

  /** Where the object lives. */
  public Key key() {
    return delta.key();
  }

  /** The object before; empty when it was created. */
  public Optional<KubeObject> before() {
    return Optional.ofNullable(delta.before()).map(Stored::object);
  }

  /** The object after; its last state when it was deleted. */
  public KubeObject after() {
    return delta.after().object();
  }

  /** Whether the object is gone. */
  public boolean isDeletion() {
    return delta.deleted();
  }

  /** The object before and after, as far as there is one. */
  public List<KubeObject> states() {
    return before().map(before -> List.of(before, after())).orElseGet(() -> List.of(after()));
  }
}
