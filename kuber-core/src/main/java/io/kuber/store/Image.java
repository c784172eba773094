package io.kuber.store;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** All objects at one revision. Immutable; a newer image shares all that did not change. */
public interface Image {
  /** The revision of the last change that this image contains. */
  long revision();

  /** The object, or null. */
  @Nullable Stored get(Key key);

  /**
   * The objects of a resource in the order of {@link Key}: those of one namespace, or all when
   * {@code namespace} is empty; only those behind {@code after} when that is not null, and none
   * that {@link Stored#isSealed}.
   */
  Iterator<Stored> scan(String resource, String namespace, @Nullable Key after);

  /** How many objects of a resource there are; an empty namespace means all. */
  int count(String resource, String namespace);
}
