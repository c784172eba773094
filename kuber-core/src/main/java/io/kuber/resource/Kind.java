package io.kuber.resource;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of the catalogue: all that the pipeline has to know of a kind.
 *
 * @param type its names
 * @param verbs what can be done with the resource itself
 * @param subresources its parts that have paths of their own
 * @param traits what sets it apart
 * @param selectableFields what a field selector may name besides {@code metadata.name} and {@code
 *     metadata.namespace}, and the path from which the value is read
 * @param rules defaults and validation
 * @param columns how tables show it
 */
public record Kind(
    ResourceType type,
    List<Verb> verbs,
    List<Subresource> subresources,
    Set<Trait> traits,
    Map<String, List<String>> selectableFields,
    KindRules rules,
    Columns columns) {
  /** Copies the collections. */
  public Kind {
    verbs = List.copyOf(verbs);
    subresources = List.copyOf(subresources);
    traits = Set.copyOf(traits);
    selectableFields = ImmutableMap.copyOf(selectableFields);
  }

  /** An entry with all verbs and nothing special. */
  public static Kind of(ResourceType type, KindRules rules, Columns columns) {
    return new Kind(
        type,
        List.of(Verb.values()),
        List.of(),
        Set.of(),
        ImmutableMap.of(
            "metadata.name", List.of("metadata", "name"),
            "metadata.namespace", List.of("metadata", "namespace")),
        rules,
        columns);
  }

  /** This entry with the traits; {@link Trait#STATUS} brings the subresource along. */
  public Kind with(Trait... more) {
    Set<Trait> all = EnumSet.noneOf(Trait.class);
    all.addAll(traits);
    all.addAll(List.of(more));
    Kind kind = new Kind(type, verbs, subresources, all, selectableFields, rules, columns);
    boolean status = all.contains(Trait.STATUS) && subresource("status").isEmpty();
    return status
        ? kind.with(Subresource.ofReadAndWrite("status", type.apiVersion(), type.kind()))
        : kind;
  }

  /** This entry with one more subresource. */
  public Kind with(Subresource more) {
    List<Subresource> all = new ArrayList<>(subresources);
    all.add(more);
    return new Kind(type, verbs, all, traits, selectableFields, rules, columns);
  }

  /** This entry without one verb. */
  public Kind without(Verb verb) {
    List<Verb> others = verbs.stream().filter(v -> v != verb).toList();
    return new Kind(type, others, subresources, traits, selectableFields, rules, columns);
  }

  /** This entry with one more field for field selectors, read from where its name says. */
  public Kind selectable(String field) {
    return selectable(field, field);
  }

  /** This entry with one more field for field selectors, read from {@code source}. */
  public Kind selectable(String field, String source) {
    Map<String, List<String>> all =
        ImmutableMap.<String, List<String>>builder()
            .putAll(selectableFields)
            .put(field, List.of(source.split("\\.", -1)))
            .build();
    return new Kind(type, verbs, subresources, traits, all, rules, columns);
  }

  /** Whether this kind has the trait. */
  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** The subresource of that name. */
  public Optional<Subresource> subresource(String name) {
    return subresources.stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
