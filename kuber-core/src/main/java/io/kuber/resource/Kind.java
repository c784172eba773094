package io.kuber.resource;

import com.google.common.base.Preconditions;
import io.kuber.object.KubeObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One entry of the catalogue: all that the pipeline has to know of a kind.
 *
 * @param versions in which it exists; the first is the one in which objects are stored, and rules,
 *     admission, controllers and scheduler know no other
 * @param verbs what can be done with the resource itself
 * @param traits what sets it apart
 * @param rules defaults and validation
 */
public record Kind(List<Version> versions, List<Verb> verbs, Set<Trait> traits, KindRules rules) {
  /** Copies the collections. */
  public Kind {
    versions = List.copyOf(versions);
    verbs = List.copyOf(verbs);
    traits = Set.copyOf(traits);
    Preconditions.checkArgument(!versions.isEmpty(), "a kind without a version");
  }

  /** An entry with one version, all verbs and nothing special. */
  public static Kind of(ResourceType type, KindRules rules, Columns columns) {
    return new Kind(List.of(Version.of(type, columns)), List.of(Verb.values()), Set.of(), rules);
  }

  /** This entry with the traits; {@link Trait#STATUS} brings the subresource along. */
  public Kind with(Trait... more) {
    Set<Trait> all = EnumSet.noneOf(Trait.class);
    all.addAll(traits);
    all.addAll(List.of(more));
    Kind kind = new Kind(versions, verbs, all, rules);
    boolean status = all.contains(Trait.STATUS) && subresource("status").isEmpty();
    return status
        ? kind.with(Subresource.ofReadAndWrite("status", type().apiVersion(), type().kind()))
        : kind;
  }

  /** This entry with one more subresource of the stored version. */
  public Kind with(Subresource more) {
    return withStored(version -> version.with(more));
  }

  /** This entry with a stored version that is stricter than the kind; it converts nothing. */
  public Kind strict(Conversion conversion) {
    return withStored(version -> version.with(conversion));
  }

  /** This entry with one more version. */
  public Kind with(Version more) {
    List<Version> all = new ArrayList<>(versions);
    all.add(more);
    return new Kind(all, verbs, traits, rules);
  }

  /**
   * This entry with one more version that has the subresources and columns of the stored one, as
   * they are so far.
   */
  public Kind in(String group, String version, Conversion conversion) {
    return with(stored().in(group, version, conversion));
  }

  /** This entry without one verb. */
  public Kind without(Verb verb) {
    List<Verb> others = verbs.stream().filter(v -> v != verb).toList();
    return new Kind(versions, others, traits, rules);
  }

  /** This entry with one more field for field selectors, read from where its name says. */
  public Kind selectable(String field) {
    return selectable(field, field);
  }

  /** This entry with one more field for field selectors, read from {@code source}. */
  public Kind selectable(String field, String source) {
    return withStored(version -> version.selectable(field, source));
  }

  private Kind withStored(UnaryOperator<Version> change) {
    List<Version> all = new ArrayList<>(versions);
    all.set(0, change.apply(stored()));
    return new Kind(all, verbs, traits, rules);
  }

  /** The version in which objects are stored. */
  public Version stored() {
    return versions.get(0);
  }

  /** The names of the stored version. */
  public ResourceType type() {
    return stored().type();
  }

  /** The columns of the stored version. */
  public Columns columns() {
    return stored().columns();
  }

  /** The subresources of the stored version. */
  public List<Subresource> subresources() {
    return stored().subresources();
  }

  /** The field selectors of the stored version. */
  public Map<String, List<String>> selectableFields() {
    return stored().selectableFields();
  }

  /** Whether this kind has the trait. */
  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /**
   * Whether every object has a status, be it empty. Those of custom resources have none until it is
   * written.
   */
  public boolean alwaysHasStatus() {
    return has(Trait.STATUS) && !stored().schema().isCustom();
  }

  /** Whether one of the versions is converted by asking others; see {@link Conversion#waits}. */
  public boolean waits() {
    return versions.stream().anyMatch(version -> version.conversion().waits());
  }

  /** The subresource of that name in the stored version. */
  public Optional<Subresource> subresource(String name) {
    return stored().subresource(name);
  }

  /** This kind as clients of each of its served versions see it. */
  public List<Served> served() {
    return versions.stream()
        .filter(Version::isServed)
        .map(version -> new Served(this, version))
        .toList();
  }

  /**
   * An object of the store in the version in which it would be stored today; another than it has
   * only where a custom resource definition has changed since.
   */
  public KubeObject current(KubeObject object) {
    if (object.apiVersion().equals(type().apiVersion())) {
      return object;
    }
    return versions.stream()
        .filter(version -> version.type().apiVersion().equals(object.apiVersion()))
        .findFirst()
        .map(version -> new Served(this, version).toStored(object))
        .orElseGet(() -> Served.typed(object, type()));
  }
}
