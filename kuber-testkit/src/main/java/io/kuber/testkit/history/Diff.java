package io.kuber.testkit.history;

import io.kuber.object.KubeObject;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import io.kuber.testkit.history.Change.What;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is not the same at two revisions: objects that came, went or changed, in the order of their
 * keys. Leases that were renewed and nodes that gave a sign of life are left out.
 *
 * @param from the revision before
 * @param to the revision after
 */
public record Diff(long from, long to, List<Entry> objects) {
  /** Copies the objects. */
  public Diff {
    objects = List.copyOf(objects);
  }

  /**
   * One object.
   *
   * @param kind such as {@code Deployment}
   * @param fields that changed; empty for an object that came or went
   */
  public record Entry(Key key, String kind, What what, List<Difference> fields) {
    /** Copies the fields. */
    public Entry {
      fields = List.copyOf(fields);
    }
  }

  /** States of one object, either of which may be missing. */
  private record Pair(@Nullable Stored before, @Nullable Stored after) {}

  static Diff of(long from, long to, List<Change> changes) {
    Map<Key, Pair> pairs = new TreeMap<>();
    for (Change change : changes) {
      Pair first = pairs.get(change.key());
      pairs.put(
          change.key(),
          new Pair(first == null ? change.storedBefore() : first.before, change.stored()));
    }
    return of(from, to, pairs);
  }

  /** What is not the same in two images, be they of one cluster or of two. */
  public static Diff between(TreeImage before, TreeImage after) {
    Map<Key, Pair> pairs = new TreeMap<>();
    before
        .all()
        .forEachRemaining(
            old -> {
              Stored young = after.get(old.key());
              if (young != old) {
                pairs.put(old.key(), new Pair(old, young));
              }
            });
    addNew(before, after.all(), pairs);
    return of(before.revision(), after.revision(), pairs);
  }

  private static void addNew(Image before, Iterator<Stored> after, Map<Key, Pair> pairs) {
    after.forEachRemaining(
        young -> {
          if (before.get(young.key()) == null) {
            pairs.put(young.key(), new Pair(null, young));
          }
        });
  }

  private static Diff of(long from, long to, Map<Key, Pair> pairs) {
    List<Entry> entries = new ArrayList<>();
    pairs.forEach(
        (key, pair) -> {
          Entry entry = key.isHidden() ? null : entry(key, pair);
          if (entry != null) {
            entries.add(entry);
          }
        });
    return new Diff(from, to, entries);
  }

  private static @Nullable Entry entry(Key key, Pair pair) {
    if (pair.before == null) {
      return pair.after == null ? null : came(key, What.CREATED, pair.after);
    }
    if (pair.after == null) {
      return came(key, What.DELETED, pair.before);
    }
    KubeObject after = pair.after.passing();
    List<Difference> fields = Differences.between(pair.before.passing().tree(), after.tree());
    boolean same =
        fields.isEmpty() || Change.isHeartbeat(new Delta(pair.before, pair.after, false));
    return same ? null : new Entry(key, after.kind(), What.CHANGED, fields);
  }

  private static Entry came(Key key, What what, Stored stored) {
    return new Entry(key, stored.passing().kind(), what, List.of());
  }

  /** Whether everything is the same. */
  public boolean isEmpty() {
    return objects.isEmpty();
  }

  /** For people, like a unified diff. */
  @Override
  public String toString() {
    return "--- revision %d\n+++ revision %d\n".formatted(from, to)
        + objects.stream().map(Diff::text).collect(Collectors.joining());
  }

  private static String text(Entry entry) {
    String name = Names.of(entry.kind, entry.key) + "\n";
    return switch (entry.what) {
      case CREATED -> "+ " + name;
      case DELETED -> "- " + name;
      case CHANGED ->
          "  " + name + entry.fields.stream().map(Diff::text).collect(Collectors.joining());
    };
  }

  private static String text(Difference field) {
    return line('-', field, field.before().map(Difference::shown).orElse(null))
        + line('+', field, field.after().map(Difference::shown).orElse(null));
  }

  private static String line(char sign, Difference field, @Nullable String value) {
    return value == null ? "" : sign + "   " + field.path() + ": " + value + "\n";
  }
}
