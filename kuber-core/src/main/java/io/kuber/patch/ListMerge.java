package io.kuber.patch;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.schema.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How the list of a patch merges into the list of an object. */
final class ListMerge {
  private ListMerge() {}

  static Items merge(Items old, Items patch, Field field) {
    String key = field.facts().mergeKey();
    Items merged = key.isEmpty() ? values(old, patch) : elements(old, patch, field, key);
    return ElementOrder.enforce(merged, patch, old, key);
  }

  /** Values without fields: those of the patch join, none is there twice. */
  private static Items values(Items old, Items patch) {
    Set<Object> joined = new LinkedHashSet<>(old.stream().toList());
    patch.forEach(joined::add);
    return Items.copyOf(joined);
  }

  private static Items elements(Items old, Items patch, Field field, String key) {
    boolean replaces = patch.stream().anyMatch(element -> Directives.of(element).equals("replace"));
    List<Object> merged = new ArrayList<>(replaces ? List.of() : old.stream().toList());
    for (Object element : patch) {
      if (!(element instanceof Tree tree)) {
        throw PatchException.malformed(
            "the elements of " + field.name() + " must be objects, not " + element);
      }
      switch (Directives.of(tree)) {
        case "delete" -> merged.removeIf(other -> hasKey(other, key, keyOf(tree, key)));
        case "replace" -> {
          if (tree.size() > 1) {
            merged.add(Directives.strip(tree));
          }
        }
        default -> mergeElement(merged, tree, field, key);
      }
    }
    return Items.copyOf(merged);
  }

  private static void mergeElement(List<Object> merged, Tree element, Field field, String key) {
    Object value = keyOf(element, key);
    for (int i = 0; i < merged.size(); i++) {
      if (hasKey(merged.get(i), key, value)) {
        Tree old = (Tree) merged.get(i);
        merged.set(
            i, StrategicMergePatch.merge(old, element, StrategicMergePatch.elementOf(field)));
        return;
      }
    }
    merged.add(Directives.strip(element));
  }

  private static Object keyOf(Tree element, String key) {
    Object value = element.get(key);
    if (value == null || value == Nil.NIL) {
      throw PatchException.malformed(
          "map: " + element + " does not contain declared merge key: " + key);
    }
    return value;
  }

  static boolean hasKey(Object element, String key, Object value) {
    return element instanceof Tree tree && value.equals(tree.get(key));
  }
}
