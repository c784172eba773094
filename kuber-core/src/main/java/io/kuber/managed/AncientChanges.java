package io.kuber.managed;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the number of owners by update bounded: the oldest of each version become one, called
 * {@code ancient-changes} (apimachinery, managedfields/internal/capmanagers.go).
 */
final class AncientChanges {
  /** Owners by update that an object keeps apart. */
  static final int MAX_UPDATERS = 10;

  private static final String NAME = "ancient-changes";

  private AncientChanges() {}

  static ManagedFields capped(ManagedFields managed) {
    List<Entry> updaters =
        managed.entries().stream()
            .filter(entry -> entry.owner().operation() == Operation.UPDATE)
            .sorted(Comparator.comparing(Entry::time).thenComparing(Entry::owner))
            .toList();
    return updaters.size() <= MAX_UPDATERS ? managed : joined(managed.byOwner(), updaters);
  }

  private static ManagedFields joined(Map<Owner, Entry> all, List<Entry> updaters) {
    Map<String, Entry> oldest = new HashMap<>();
    int tooMany = updaters.size() - MAX_UPDATERS;
    for (int i = 0; i < updaters.size() && tooMany > 0; i++) {
      Entry entry = updaters.get(i);
      Entry older = oldest.putIfAbsent(entry.apiVersion(), entry);
      if (older != null) {
        Entry joined = joined(older, entry);
        all.remove(older.owner());
        all.remove(entry.owner());
        all.put(joined.owner(), joined);
        oldest.put(entry.apiVersion(), joined);
        tooMany--;
      }
    }
    return ManagedFields.of(all);
  }

  private static Entry joined(Entry older, Entry younger) {
    Owner owner = new Owner(NAME, Operation.UPDATE, younger.apiVersion(), "");
    return new Entry(
        owner, younger.apiVersion(), younger.time(), older.fields().union(younger.fields()));
  }
}
