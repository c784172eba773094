package io.kuber.reconcile;

import io.kuber.store.Key;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Keys to plan for, each at most once, and never one whose plan is still under way: that one waits
 * until it is done. Bounded by the number of objects there are.
 */
final class WorkQueue {
  private final int maxUnderWay;
  private final Set<Key> waiting = new LinkedHashSet<>();
  private final Set<Key> underWay = new HashSet<>();
  private final Set<Key> dirty = new HashSet<>();

  WorkQueue(int maxUnderWay) {
    this.maxUnderWay = maxUnderWay;
  }

  void add(Key key) {
    if (underWay.contains(key)) {
      dirty.add(key);
    } else {
      waiting.add(key);
    }
  }

  /** The next key to plan for, which is under way from now on; empty while enough are. */
  Optional<Key> take() {
    Iterator<Key> first = waiting.iterator();
    if (underWay.size() >= maxUnderWay || !first.hasNext()) {
      return Optional.empty();
    }
    Key key = first.next();
    first.remove();
    underWay.add(key);
    return Optional.of(key);
  }

  /** Whether a key waits. */
  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  /** Whether a key is under way. */
  boolean isUnderWay() {
    return !underWay.isEmpty();
  }

  /** The key is no longer under way; it waits again if it was added in between. */
  void done(Key key) {
    underWay.remove(key);
    if (dirty.remove(key)) {
      waiting.add(key);
    }
  }
}
