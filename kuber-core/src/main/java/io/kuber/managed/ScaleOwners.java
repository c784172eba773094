package io.kuber.managed;

import io.kuber.managed.PathElement.FieldName;
import io.kuber.object.Items;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The owners of a workload as its scale shows them, and back (apimachinery, managedfields,
 * scalehandler.go): the one field of a scale is the field of the workload that counts replicas.
 */
public final class ScaleOwners {
  private static final String SCALE = "autoscaling/v1";
  private static final FieldSet REPLICAS = FieldSet.ofNames("spec", "replicas");

  private final ManagedFields owners;
  private final String apiVersion;
  private final Map<String, FieldSet> replicas;

  /**
   * The owners of a workload.
   *
   * @param entries as the workload has them
   * @param apiVersion the version of the workload in which it is scaled
   * @param replicas by version the names of the fields that lead to the count
   */
  public ScaleOwners(Items entries, String apiVersion, Map<String, String[]> replicas) {
    this.owners = ManagedFields.read(entries).orElse(ManagedFields.NONE);
    this.apiVersion = apiVersion;
    this.replicas =
        replicas.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, path -> FieldSet.ofNames(path.getValue())));
  }

  private Optional<FieldSet> count(Entry entry) {
    return Optional.ofNullable(replicas.get(entry.apiVersion()))
        .filter(path -> !entry.fields().intersection(path).isEmpty());
  }

  private static Owner inScale(Owner owner) {
    return new Owner(owner.manager(), owner.operation(), SCALE, owner.subresource());
  }

  /** The owners of the scale. */
  public Items inScale() {
    ManagedFields scale = ManagedFields.NONE;
    for (Entry entry : owners.entries()) {
      if (count(entry).isPresent()) {
        scale = scale.with(new Entry(inScale(entry.owner()), SCALE, entry.time(), REPLICAS));
      }
    }
    return scale.toJson();
  }

  /** The owners of the workload, once those of its scale are {@code entries}. */
  public Items inWorkload(Items entries) {
    Map<Owner, Entry> scale =
        ManagedFields.read(entries).orElse(ManagedFields.NONE).entries().stream()
            .filter(entry -> entry.fields().has(new FieldName("spec"), new FieldName("replicas")))
            .collect(Collectors.toMap(Entry::owner, Function.identity()));
    ManagedFields result = owners.map(entry -> left(entry, scale));
    for (Entry entry : scale.values()) {
      Owner owner = entry.owner();
      Owner there = new Owner(owner.manager(), owner.operation(), apiVersion, owner.subresource());
      FieldSet count = replicas.getOrDefault(apiVersion, FieldSet.EMPTY);
      FieldSet all = result.of(there).map(mine -> mine.fields().union(count)).orElse(count);
      boolean known = owners.entries().stream().anyMatch(old -> isKnown(old, entry));
      result = known ? result : result.with(new Entry(there, apiVersion, entry.time(), all));
    }
    return result.toJson();
  }

  private boolean isKnown(Entry old, Entry scaled) {
    return count(old).isPresent()
        && inScale(old.owner()).equals(scaled.owner())
        && old.time().equals(scaled.time());
  }

  /** An entry of the workload keeps the count while its owner in the scale does. */
  private Entry left(Entry entry, Map<Owner, Entry> scale) {
    return count(entry)
        .filter(path -> !scale.containsKey(inScale(entry.owner())))
        .map(path -> entry.with(entry.fields().difference(path)))
        .orElse(entry);
  }
}
