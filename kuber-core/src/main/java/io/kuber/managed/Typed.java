package io.kuber.managed;

import io.kuber.object.Tree;
import io.kuber.schema.TypeSchema;
import java.util.Optional;

/**
 * An object in one version.
 *
 * @param tree the object; {@code metadata.managedFields} is not among its fields
 * @param apiVersion the version, such as {@code apps/v1}
 * @param type what the version says about its fields
 */
public record Typed(Tree tree, String apiVersion, TypeSchema type) {
  /** Takes the managed fields away. */
  public Typed {
    tree = Managing.unmanaged(tree);
  }

  /** An object of a version; without a type its fields are what they seem to be. */
  public static Typed of(Tree tree, String apiVersion, Optional<TypeSchema> type) {
    return new Typed(tree, apiVersion, type.orElse(Place.DEDUCED));
  }

  /** Another state of the object in the same version. */
  Typed with(Tree other) {
    return new Typed(other, apiVersion, type);
  }

  /** What differs between this state and a later one of the same version. */
  Comparison compare(Typed later) {
    return Comparer.compare(tree, later.tree, type);
  }

  FieldSet fields() {
    return FieldsOf.object(tree, type);
  }
}
