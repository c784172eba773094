package io.kuber.resource.custom;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;

/**
 * Whether the defaults of a schema meet it themselves (apiextensions-apiserver,
 * pkg/apiserver/schema/defaulting/validation.go).
 */
final class DefaultsCheck {
  private DefaultsCheck() {}

  /** Reports defaults that their own schema would refuse or prune. */
  static void check(Structural schema, FieldPath path, Problems problems) {
    Object given = schema.defaultValue();
    if (given != null) {
      checkOne(given, schema, path.child("default"), problems);
    }
    Structural items = schema.items();
    if (items != null) {
      check(items, path.child("items"), problems);
    }
    schema
        .properties()
        .forEach((name, field) -> check(field, path.child("properties").key(name), problems));
  }

  private static void checkOne(Object given, Structural schema, FieldPath path, Problems problems) {
    Object pruned =
        given instanceof Tree tree && schema.isEmbedded()
            ? Pruning.prune(tree, schema).object()
            : Pruning.pruned(given, schema);
    if (!pruned.equals(given)) {
      problems.invalid(path, given, "must not have unknown fields");
    }
    Problems embedded = new Problems();
    EmbeddedCheck.check(given, schema, path, embedded);
    if (embedded.isEmpty()) {
      SchemaCheck.check(given, null, schema, path.toString()).reportTo(problems);
    } else {
      embedded.found().forEach(problems::add);
    }
  }
}
