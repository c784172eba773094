package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sets what a schema gives a value to where the user left it out (apiextensions-apiserver,
 * pkg/apiserver/schema/defaulting). A null that is no value counts as left out.
 */
final class Defaulting {
  private Defaulting() {}

  static Tree defaulted(Tree object, Structural schema) {
    Tree complete = object;
    for (Map.Entry<String, Structural> property : schema.properties().entrySet()) {
      Object given = property.getValue().defaultValue();
      if (given != null && isMissing(object.get(property.getKey()), property.getValue())) {
        complete = complete.with(property.getKey(), given);
      }
    }
    for (int i = complete.size() - 1; i >= 0; i--) {
      Structural field = schema.field(complete.nameAt(i)).orElse(null);
      if (field != null) {
        complete = withField(complete, i, field);
      }
    }
    return complete;
  }

  private static Tree withField(Tree tree, int index, Structural field) {
    String name = tree.nameAt(index);
    Object value = tree.valueAt(index);
    if (!isMissing(value, field)) {
      return tree.with(name, value(value, field));
    }
    Object given = field.defaultValue();
    return given == null ? tree.without(name) : tree.with(name, value(given, field));
  }

  private static boolean isMissing(@Nullable Object value, Structural schema) {
    return value == null || (value == Nil.NIL && !schema.isNullable());
  }

  private static Object value(Object value, Structural schema) {
    if (value instanceof Tree tree) {
      return defaulted(tree, schema);
    }
    return value instanceof Items items && schema.items() != null
        ? items(items, schema.items())
        : value;
  }

  private static Items items(Items items, Structural element) {
    Items complete = items;
    for (int i = 0; i < items.size(); i++) {
      Object old = items.get(i);
      Object given = element.defaultValue();
      Object value = isMissing(old, element) && given != null ? given : old;
      Object done = value(value, element);
      complete = done == old ? complete : complete.with(i, done);
    }
    return complete;
  }
}
