package io.kuber.managed;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * All owners of an object and what they own.
 *
 * @param entries one per owner
 */
public record ManagedFields(List<Entry> entries) {
  /** Nobody owns anything. */
  public static final ManagedFields NONE = new ManagedFields(List.of());

  /** As in {@code metadata.managedFields}: appliers first, then by time, then by name. */
  private static final Comparator<Entry> WRITTEN =
      Comparator.comparing((Entry entry) -> entry.owner().operation())
          .thenComparing(Entry::time)
          .thenComparing(entry -> entry.owner().manager())
          .thenComparing(Entry::apiVersion)
          .thenComparing(entry -> entry.owner().subresource());

  /** Copies the entries. */
  public ManagedFields {
    entries = List.copyOf(entries);
  }

  /** The entries of a map by their owners. */
  static ManagedFields of(Map<Owner, Entry> entries) {
    return new ManagedFields(List.copyOf(entries.values()));
  }

  /** The entries by their owners, in a map of the caller's own. */
  Map<Owner, Entry> byOwner() {
    Map<Owner, Entry> byOwner = new LinkedHashMap<>();
    entries.forEach(entry -> byOwner.put(entry.owner(), entry));
    return byOwner;
  }

  /** Reads {@code metadata.managedFields}; empty when an entry cannot be understood. */
  public static Optional<ManagedFields> read(Items json) {
    return read(json, Entry::read);
  }

  /** The same for entries that are stored, and so were understood before. */
  static Optional<ManagedFields> ofStored(Items json) {
    return read(json, Entry::ofStored);
  }

  private static Optional<ManagedFields> read(Items json, Function<Tree, Optional<Entry>> reader) {
    Map<Owner, Entry> entries = new LinkedHashMap<>();
    for (Object item : json) {
      Optional<Entry> entry = item instanceof Tree tree ? reader.apply(tree) : Optional.empty();
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      entries.put(entry.get().owner(), entry.get());
    }
    return Optional.of(of(entries));
  }

  /** The entries as {@code metadata.managedFields} shows them. */
  public Items toJson() {
    return Items.of(entries.stream().sorted(WRITTEN).map(Entry::toJson).toArray());
  }

  /** Whether nobody owns anything. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The entry of an owner. */
  public Optional<Entry> of(Owner owner) {
    return entries.stream().filter(entry -> entry.owner().equals(owner)).findFirst();
  }

  /** These entries with one added, or put in the place of its owner's. */
  ManagedFields with(Entry entry) {
    Map<Owner, Entry> more = byOwner();
    more.put(entry.owner(), entry);
    return of(more);
  }

  /** These entries without an owner's. */
  ManagedFields without(Owner owner) {
    Map<Owner, Entry> fewer = byOwner();
    fewer.remove(owner);
    return of(fewer);
  }

  /** These entries with other fields in each; entries that then own nothing are left out. */
  ManagedFields map(UnaryOperator<Entry> change) {
    List<Entry> now = new ArrayList<>(entries.size());
    boolean isSame = true;
    for (Entry entry : entries) {
      Entry changed = change.apply(entry);
      isSame &= changed.fields().isSame(entry.fields()) && !changed.fields().isEmpty();
      if (!changed.fields().isEmpty()) {
        now.add(changed);
      }
    }
    return isSame ? this : new ManagedFields(now);
  }

  /** Whether both say the same, save for times. */
  static boolean sameButTimes(Items left, Items right) {
    return left.size() == right.size() && timeless(left).equals(timeless(right));
  }

  private static List<Object> timeless(Items json) {
    return json.stream()
        .map(item -> item instanceof Tree tree ? (Object) tree.without("time") : item)
        .toList();
  }
}
