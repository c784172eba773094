package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.schema.ListType;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether sets and lists with keys have each element once (apiextensions-apiserver,
 * pkg/apiserver/schema/listtype).
 */
final class ListCheck {
  private ListCheck() {}

  /** Reports every element that stands there a second time, once. */
  static void check(Tree tree, Structural schema, FieldPath path, Problems problems) {
    for (int i = 0; i < tree.size(); i++) {
      String name = tree.nameAt(i);
      Structural property = schema.properties().get(name);
      Structural values = schema.values();
      if (property != null) {
        check(tree.valueAt(i), property, path.child(name), problems);
      } else if (values != null) {
        check(tree.valueAt(i), values, path.key(name), problems);
      }
    }
  }

  private static void check(Object value, Structural schema, FieldPath path, Problems problems) {
    if (value instanceof Tree tree) {
      check(tree, schema, path, problems);
    } else if (value instanceof Items items) {
      check(items, schema, path, problems);
    }
  }

  private static void check(Items items, Structural schema, FieldPath path, Problems problems) {
    if (schema.listType() == ListType.SET) {
      checkOnce(items, path, problems);
    } else if (schema.listType() == ListType.MAP && areObjects(items, path, problems)) {
      checkOnce(keys(items, schema), path, problems);
    }
    Structural element = schema.items();
    for (int i = 0; i < items.size() && element != null; i++) {
      check(items.get(i), element, path.index(i), problems);
    }
  }

  private static boolean areObjects(Items items, FieldPath path, Problems problems) {
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      if (!(item instanceof Tree) && item != Nil.NIL) {
        problems.invalid(path.index(i), item, "must be an object for an array of list-type map");
        return false;
      }
    }
    return true;
  }

  private static Items keys(Items items, Structural schema) {
    return Items.of(
        items.stream()
            .map(item -> item instanceof Tree tree ? tree : Tree.EMPTY)
            .map(item -> OldItems.key(item, schema.listMapKeys()))
            .toArray());
  }

  private static void checkOnce(Items items, FieldPath path, Problems problems) {
    Map<Object, Integer> times = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      if (times.merge(items.get(i), 1, Integer::sum) == 2) {
        problems.duplicate(path.index(i), items.get(i));
      }
    }
  }
}
