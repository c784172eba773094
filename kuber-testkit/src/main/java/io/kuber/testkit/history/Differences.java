package io.kuber.testkit.history;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares two trees field by field. Items of lists are matched by what names them, such as {@code
 * name} or {@code type}, and by their place where nothing does. Lives for one comparison.
 */
final class Differences {
  /** What names an item of a list, the first that all of its items have, each another. */
  private static final List<String> NAMES =
      List.of("name", "type", "uid", "key", "containerPort", "port", "ip", "mountPath");

  /** What every write changes. */
  private static final Set<String> IGNORED =
      Set.of("metadata.resourceVersion", "metadata.managedFields");

  private final List<Difference> found = new ArrayList<>();

  private Differences() {}

  static List<Difference> between(Tree before, Tree after) {
    Differences differences = new Differences();
    differences.trees("", before, after);
    return differences.found;
  }

  private void trees(String path, Tree before, Tree after) {
    Set<String> names = names(before);
    names.addAll(names(after));
    for (String name : names) {
      String field = FieldPointer.field(path, name);
      if (!IGNORED.contains(field)) {
        values(field, before.get(name), after.get(name));
      }
    }
  }

  private static Set<String> names(Tree tree) {
    Set<String> names = new LinkedHashSet<>();
    tree.forEach((name, value) -> names.add(name));
    return names;
  }

  private void values(String path, @Nullable Object before, @Nullable Object after) {
    if (before == null && after instanceof Items young && isOfTrees(young)) {
      items(path, Items.EMPTY, young);
      return;
    }
    if (before == null && after instanceof Tree young && !young.isEmpty()) {
      trees(path, Tree.EMPTY, young);
    } else if (after == null && before instanceof Tree old && !old.isEmpty()) {
      trees(path, old, Tree.EMPTY);
    } else if (before == null || after == null) {
      found.add(new Difference(path, Optional.ofNullable(before), Optional.ofNullable(after)));
    } else if (before instanceof Tree old && after instanceof Tree young) {
      trees(path, old, young);
    } else if (before instanceof Items old && after instanceof Items young) {
      items(path, old, young);
    } else if (!before.equals(after)) {
      found.add(new Difference(path, Optional.of(before), Optional.of(after)));
    }
  }

  private void items(String path, Items before, Items after) {
    Map<String, Object> old = named(before, after);
    Map<String, Object> young = named(after, before);
    Set<String> names = new LinkedHashSet<>(old.keySet());
    names.addAll(young.keySet());
    for (String name : names) {
      item(path + "[" + name + "]", old.get(name), young.get(name));
    }
  }

  /** An item that came or went is shown as a whole. */
  private void item(String path, @Nullable Object before, @Nullable Object after) {
    if (before == null || after == null) {
      found.add(new Difference(path, Optional.ofNullable(before), Optional.ofNullable(after)));
    } else {
      values(path, before, after);
    }
  }

  /** The items of a list by what names them, provided that it names those of the other too. */
  private static Map<String, Object> named(Items items, Items others) {
    for (String name : NAMES) {
      if (isNaming(name, items) && isNaming(name, others)) {
        Map<String, Object> named = new LinkedHashMap<>();
        items.trees().forEach(tree -> named.put(name + "=" + tree.get(name), tree));
        return named;
      }
    }
    Map<String, Object> placed = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i++) {
      placed.put(Integer.toString(i), items.get(i));
    }
    return placed;
  }

  private static boolean isOfTrees(Items items) {
    return !items.isEmpty() && items.trees().size() == items.size();
  }

  private static boolean isNaming(String name, Items items) {
    Set<Object> seen = new LinkedHashSet<>();
    for (Object item : items) {
      Object value = item instanceof Tree tree ? tree.get(name) : null;
      if (value == null || !seen.add(value)) {
        return false;
      }
    }
    return true;
  }
}
