package io.kuber.watch;

import com.google.common.collect.Iterators;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One resource as it was at a revision: a newer image, and over it the former states of what has
 * changed since. Of other resources it knows nothing. Immutable.
 */
final class PastImage implements Image {
  private final Image newer;
  private final String resource;
  private final long revision;
  private final NavigableMap<Key, @Nullable Stored> former;

  /**
   * Undoes changes of {@code newer}.
   *
   * @param former how the objects that have changed since were at the revision; null for those that
   *     were not there
   */
  PastImage(
      Image newer, String resource, long revision, NavigableMap<Key, @Nullable Stored> former) {
    this.newer = newer;
    this.resource = resource;
    this.revision = revision;
    this.former = former;
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public @Nullable Stored get(Key key) {
    check(key.resource());
    return former.containsKey(key) ? former.get(key) : newer.get(key);
  }

  @Override
  public Iterator<Stored> scan(String scanned, String namespace, @Nullable Key after) {
    check(scanned);
    Iterator<Stored> unchanged =
        Iterators.filter(
            newer.scan(resource, namespace, after), stored -> !former.containsKey(stored.key()));
    Iterator<Stored> changed =
        formerIn(namespace, after).values().stream().filter(Objects::nonNull).iterator();
    return Iterators.mergeSorted(
        List.of(unchanged, changed), Comparator.comparing(Stored::key, Comparator.naturalOrder()));
  }

  @Override
  public int count(String counted, String namespace) {
    check(counted);
    int count = newer.count(resource, namespace);
    for (var each : formerIn(namespace, null).entrySet()) {
      int then = each.getValue() == null ? 0 : 1;
      int now = newer.get(each.getKey()) == null ? 0 : 1;
      count += then - now;
    }
    return count;
  }

  private SortedMap<Key, @Nullable Stored> formerIn(String namespace, @Nullable Key after) {
    NavigableMap<Key, @Nullable Stored> within =
        namespace.isEmpty()
            ? former
            : former.subMap(
                new Key(resource, namespace, ""),
                true,
                new Key(resource, namespace + "\0", ""),
                false);
    return after == null ? within : new TreeMap<>(within).tailMap(after, false);
  }

  private void check(String asked) {
    if (!asked.equals(resource)) {
      throw new IllegalArgumentException(
          "only " + resource + " is known at revision " + revision + ", not " + asked);
    }
  }
}
