package io.kuber.cel;

import io.kuber.object.Tree;

/** Finds out whether a schema has rules at all, without loading what compiles them. */
final class RuleScan {
  private RuleScan() {}

  /** Whether there is a rule at this place of a schema or below. */
  static boolean hasRules(Tree schema) {
    if (!schema.items("x-kubernetes-validations").isEmpty()) {
      return true;
    }
    return schema.get("items") instanceof Tree items && hasRules(items)
        || schema.get("additionalProperties") instanceof Tree values && hasRules(values)
        || anyHasRules(schema.tree("properties"))
        || schema.items("allOf").trees().stream().anyMatch(RuleScan::hasRules);
  }

  private static boolean anyHasRules(Tree properties) {
    for (int i = 0; i < properties.size(); i++) {
      if (properties.valueAt(i) instanceof Tree property && hasRules(property)) {
        return true;
      }
    }
    return false;
  }
}
