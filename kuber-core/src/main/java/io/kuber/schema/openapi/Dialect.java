package io.kuber.schema.openapi;

import io.kuber.object.Items;
import io.kuber.object.Tree;

/** The two versions of OpenAPI, where they word a schema differently. */
enum Dialect {
  /** OpenAPI 2, also known as Swagger. */
  V2("#/definitions/"),
  /** OpenAPI 3. */
  V3("#/components/schemas/");

  private final String prefix;

  Dialect(String prefix) {
    this.prefix = prefix;
  }

  Tree reference(String definition) {
    return Tree.of("$ref", prefix + definition);
  }

  /** A schema with {@code facts} beside it; OpenAPI 3 lets nothing stand beside a reference. */
  Tree with(Tree schema, Tree facts) {
    Tree open =
        this == V3 && schema.has("$ref") && !facts.isEmpty()
            ? Tree.of("allOf", Items.of(schema))
            : schema;
    for (int i = 0; i < facts.size(); i++) {
      open = open.with(facts.nameAt(i), facts.valueAt(i));
    }
    return open;
  }
}
