package io.kuber.watch;

import io.kuber.store.Delta;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last changes of one resource, and who watches them.
 *
 * <p>Written by the applying thread alone; read by any number of threads without a lock: an event
 * carries its sequence number, so that a reader notices when it was overtaken.
 */
final class History {
  private final AtomicReferenceArray<@Nullable WatchEvent> ring;
  private final Map<String, List<Watch>> watches = new ConcurrentHashMap<>();
  private volatile long end;
  private volatile long floor;
  private volatile boolean ended;

  /** An empty history that knows of all changes behind {@code floor}. */
  History(int capacity, long floor) {
    this.ring = new AtomicReferenceArray<>(capacity);
    this.floor = floor;
  }

  /** Adds a change and wakes the watches that wait for it. */
  void append(Delta delta) {
    long sequence = end;
    int slot = slot(sequence);
    WatchEvent oldest = ring.get(slot);
    if (oldest != null) {
      floor = oldest.delta().revision();
    }
    ring.set(slot, new WatchEvent(sequence, delta));
    end = sequence + 1;
    wake("", sequence);
    String namespace = delta.key().namespace();
    if (!namespace.isEmpty()) {
      wake(namespace, sequence);
    }
  }

  private void wake(String namespace, long sequence) {
    for (Watch watch : watches.getOrDefault(namespace, List.of())) {
      watch.wake(sequence);
    }
  }

  /** The event, or null when it was overwritten or is not written yet. */
  @Nullable WatchEvent at(long sequence) {
    WatchEvent event = ring.get(slot(sequence));
    return event != null && event.sequence() == sequence ? event : null;
  }

  /** The sequence number of the next event. */
  long end() {
    return end;
  }

  /** The sequence number of the oldest event that is still there. */
  long start() {
    return Math.max(0, end - ring.length());
  }

  /** The oldest revision behind which all changes are known. */
  long floor() {
    return floor;
  }

  /** The sequence number of the first event behind a revision. */
  long firstAfter(long revision) {
    long low = start();
    long high = end;
    while (low < high) {
      long middle = (low + high) >>> 1;
      WatchEvent event = at(middle);
      // One that was overwritten just now is older than all that are left.
      if (event == null || event.delta().revision() <= revision) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * How the objects that changed behind {@code revision}, up to {@code last}, were at the revision;
   * null for those that were not there. Throws {@link WatchExpiredException} when not all changes
   * in between are known.
   */
  NavigableMap<Key, @Nullable Stored> formerAt(long revision, long last) {
    NavigableMap<Key, @Nullable Stored> former = new TreeMap<>();
    for (long sequence = firstAfter(revision); sequence < end; sequence++) {
      WatchEvent event = at(sequence);
      if (event == null) {
        throw new WatchExpiredException(revision, floor);
      }
      Delta delta = event.delta();
      if (delta.revision() > last) {
        break;
      }
      if (!former.containsKey(delta.key())) {
        former.put(delta.key(), delta.before());
      }
    }
    if (revision < floor || ended) {
      throw new WatchExpiredException(revision, floor);
    }
    return former;
  }

  void add(Watch watch) {
    watches.merge(
        watch.namespace(),
        List.of(watch),
        (old, added) -> Stream.concat(old.stream(), added.stream()).toList());
  }

  void remove(Watch watch) {
    watches.computeIfPresent(
        watch.namespace(),
        (namespace, old) -> {
          List<Watch> left = old.stream().filter(other -> other != watch).toList();
          return left.isEmpty() ? null : left;
        });
  }

  /** Ends all watches: what comes next does not follow on what they have seen. */
  void expire() {
    ended = true;
    watches.values().forEach(list -> list.forEach(Watch::expire));
    watches.clear();
  }

  /** Whether this history is no longer written. */
  boolean isEnded() {
    return ended;
  }

  private int slot(long sequence) {
    return (int) (sequence % ring.length());
  }
}
