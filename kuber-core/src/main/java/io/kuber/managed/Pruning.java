package io.kuber.managed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Removes what an applier applied last time, does not apply now, and nobody else owns.
 *
 * <p>Done by removing all it applied last time, adding back what anybody owns now, and then adding
 * back what it never owned but that went along.
 */
final class Pruning {
  private final Conversions conversions;
  private final ManagedFields managed;

  /** Pruning where {@code managed} are the owners with the new configuration among them. */
  Pruning(Conversions conversions, ManagedFields managed) {
    this.conversions = conversions;
    this.managed = managed;
  }

  /** The merged object without what the last configuration alone had; in the same version. */
  Typed prune(Typed merged, Optional<Entry> last) {
    if (last.isEmpty() || isStillApplied(last.get())) {
      return merged;
    }
    FieldSet fields = last.get().fields();
    return conversions
        .at(merged, last.get().apiVersion())
        .map(old -> unowned(old, cut(old, NamedFields.joined(fields, old.type())), fields))
        .flatMap(pruned -> conversions.at(pruned, merged.apiVersion()))
        .orElse(merged);
  }

  private boolean isStillApplied(Entry last) {
    return managed
        .of(last.owner())
        .filter(now -> now.apiVersion().equals(last.apiVersion()))
        .filter(now -> last.fields().difference(now.fields()).isEmpty())
        .isPresent();
  }

  private static Typed cut(Typed object, FieldSet fields) {
    return object.with(Cutter.remove(object.tree(), fields, object.type()));
  }

  private Typed unowned(Typed merged, Typed cut, FieldSet last) {
    Typed whole = merged;
    Typed pruned = cut;
    for (Map.Entry<String, FieldSet> owned : ownedByVersion(merged.apiVersion()).entrySet()) {
      Optional<Typed> wholeThere = conversions.at(whole, owned.getKey());
      Optional<Typed> prunedThere = conversions.at(pruned, owned.getKey());
      if (wholeThere.isPresent() && prunedThere.isPresent()) {
        whole = wholeThere.get();
        pruned = withOwned(whole, prunedThere.get(), owned.getValue());
      }
    }
    Typed back = conversions.at(pruned, merged.apiVersion()).orElse(merged);
    return withDangling(merged, back, last);
  }

  /** All that anybody owns; the version of the pruned object comes first. */
  private Map<String, FieldSet> ownedByVersion(String first) {
    Map<String, FieldSet> owned = new LinkedHashMap<>();
    owned.put(first, FieldSet.EMPTY);
    for (Entry entry : managed.entries()) {
      owned.merge(entry.apiVersion(), entry.fields(), FieldSet::union);
    }
    return owned;
  }

  private static Typed withOwned(Typed whole, Typed pruned, FieldSet owned) {
    FieldSet left = joined(pruned.fields(), whole).union(joined(owned, whole));
    return cut(whole, joined(whole.fields(), whole).difference(left));
  }

  private static Typed withDangling(Typed whole, Typed pruned, FieldSet last) {
    FieldSet gone = joined(whole.fields(), whole).difference(joined(pruned.fields(), whole));
    return cut(whole, gone.intersection(joined(last, whole)));
  }

  private static FieldSet joined(FieldSet fields, Typed object) {
    return NamedFields.joined(fields, object.type());
  }
}
