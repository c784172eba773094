package io.kuber.resource.custom;

import com.google.common.collect.ImmutableMap;
import io.kuber.object.Tree;
import io.kuber.schema.ListType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One node of a schema, compiled (apiextensions-apiserver, pkg/apiserver/schema): what a value may
 * be, and what becomes of it. Immutable. Schemas of old definitions that are not structural are
 * read into the same form; only their validation is used.
 *
 * @param type as JSON schema names it; empty where the schema does not say
 * @param isIntOrString whether integers and texts are both allowed
 * @param isNullable whether a null is a value
 * @param keepsUnknown whether fields that the schema lacks are kept
 * @param isEmbedded whether the value is an object of its own with kind and metadata
 * @param defaultValue what a missing value becomes; null where it stays missing
 * @param properties the fields
 * @param others what the schema says of fields that are not among the properties
 * @param values what each value of a map is; null where the value is no map
 * @param items what each element of a list is; null where the value is no list
 * @param listType how a list is merged
 * @param listMapKeys the fields that identify the elements of a {@link ListType#MAP}
 * @param isAtomic whether the object or map is replaced as a whole
 * @param limits what else a value has to meet
 * @param junctors schemas that have to hold together, or not
 * @param rules {@code x-kubernetes-validations}, as they are written
 */
public record Structural(
    String type,
    boolean isIntOrString,
    boolean isNullable,
    boolean keepsUnknown,
    boolean isEmbedded,
    @Nullable Object defaultValue,
    Map<String, Structural> properties,
    Others others,
    @Nullable Structural values,
    @Nullable Structural items,
    ListType listType,
    List<String> listMapKeys,
    boolean isAtomic,
    Limits limits,
    Junctors junctors,
    List<Tree> rules) {
  /** The fields that every object has, and that no schema takes away. */
  static final Set<String> META = Set.of("apiVersion", "kind", "metadata");

  /** Copies the collections. */
  public Structural {
    properties = ImmutableMap.copyOf(properties);
    listMapKeys = List.copyOf(listMapKeys);
    rules = List.copyOf(rules);
  }

  /** What {@code additionalProperties} says. */
  public enum Others {
    /** Nothing: such fields are dropped, and no problem. */
    UNSAID,
    /** They are allowed. */
    ALLOWED,
    /** They are a problem. */
    FORBIDDEN
  }

  /**
   * Schemas that bear on the same value.
   *
   * @param all have to hold
   * @param any of which one has to hold
   * @param one of which exactly one has to hold
   * @param not must not hold; null where there is none
   */
  public record Junctors(
      List<Structural> all, List<Structural> any, List<Structural> one, @Nullable Structural not) {
    /** None. */
    static final Junctors NONE = new Junctors(List.of(), List.of(), List.of(), null);

    /** Copies the lists. */
    public Junctors {
      all = List.copyOf(all);
      any = List.copyOf(any);
      one = List.copyOf(one);
    }
  }

  /** The compiled form of an {@code openAPIV3Schema}; parts of the wrong type count as missing. */
  public static Structural of(Tree schema) {
    return SchemaReader.read(schema);
  }

  /** What the field of that name is, whether it is a property or an entry of a map. */
  Optional<Structural> field(String name) {
    Structural property = properties.get(name);
    return Optional.ofNullable(property == null ? values : property);
  }

  /** This schema for a whole object, whose kind and metadata are not the schema's business. */
  Structural asRoot() {
    return isEmbedded
        ? this
        : new Structural(
            type,
            isIntOrString,
            isNullable,
            keepsUnknown,
            true,
            defaultValue,
            properties,
            others,
            values,
            items,
            listType,
            listMapKeys,
            isAtomic,
            limits,
            junctors,
            rules);
  }

  /** The names of the types that a value may have; empty where any is allowed. */
  List<String> types() {
    if (isIntOrString) {
      return List.of("integer", "string");
    }
    return type.isEmpty() ? List.of() : List.of(type);
  }
}
