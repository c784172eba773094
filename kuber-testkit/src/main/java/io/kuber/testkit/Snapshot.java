package io.kuber.testkit;

import com.google.common.collect.Iterators;
import io.kuber.store.TreeImage;
import io.kuber.testkit.history.Diff;

/**
 * All objects of a cluster at one moment. Taking one costs nothing, and keeping it only what has
 * changed since: it shares the rest with the cluster.
 */
public final class Snapshot {
  /** The objects of a cluster that nobody has started yet: none. */
  static final Snapshot EMPTY = new Snapshot(TreeImage.EMPTY);

  private final TreeImage image;

  Snapshot(TreeImage image) {
    this.image = image;
  }

  TreeImage image() {
    return image;
  }

  /** The resource version of the moment. */
  public long revision() {
    return image.revision();
  }

  /** How many objects there are. */
  public int size() {
    return Iterators.size(Iterators.filter(image.all(), stored -> !stored.key().isHidden()));
  }

  /** What is not the same in a later snapshot, or in one of another cluster. */
  public Diff diff(Snapshot other) {
    return Diff.between(image, other.image);
  }

  @Override
  public String toString() {
    return size() + " objects at revision " + revision();
  }
}
