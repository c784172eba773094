package io.kuber.testkit.assertj;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.testkit.history.FieldPointer;
import io.kuber.testkit.history.FieldPointer.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a field, read from {@code metadata.managedFields} in its form {@code FieldsV1}
 * (sigs.k8s.io/structured-merge-diff, fieldpath/serialize-pe.go): {@code f:} for fields, {@code k:}
 * for items of lists by their keys, {@code v:} for values of sets. Pure.
 */
final class FieldOwners {
  private FieldOwners() {}

  /** The managers, in the order of their entries. */
  static List<String> of(FieldPointer pointer, KubeObject object) {
    return object.metadata().items("managedFields").trees().stream()
        .filter(entry -> owns(entry.tree("fieldsV1"), pointer, object))
        .map(entry -> entry.text("manager"))
        .distinct()
        .toList();
  }

  private static boolean owns(Tree fields, FieldPointer pointer, KubeObject object) {
    @Nullable Object value = object.tree();
    Tree owned = fields;
    for (Step step : pointer.steps()) {
      Optional<String> name = name(step, owned, value);
      if (name.isEmpty() || !owned.has(name.get())) {
        return false;
      }
      owned = owned.tree(name.get());
      value = value == null ? null : below(value, step);
    }
    return true;
  }

  private static @Nullable Object below(Object value, Step step) {
    Tree around = Tree.of("around", value);
    FieldPointer.Step in = new Step.Field("around");
    return new FieldPointer(List.of(in, step)).in(around).orElse(null);
  }

  /** How the owner names the step. */
  private static Optional<String> name(Step step, Tree owned, @Nullable Object value) {
    if (step instanceof Step.Field field) {
      return Optional.of("f:" + field.name());
    }
    Object item = value instanceof Items items ? below(items, step) : null;
    return item == null ? Optional.empty() : item(owned, item);
  }

  /** The entry of an item: the first whose keys the item has, or that is its value. */
  private static Optional<String> item(Tree owned, Object item) {
    for (int i = 0; i < owned.size(); i++) {
      String name = owned.nameAt(i);
      if (name.startsWith("k:") && item instanceof Tree tree && has(tree, parse(name))
          || name.startsWith("v:") && parse(name).equals(item)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private static boolean has(Tree item, Object keys) {
    if (!(keys instanceof Tree wanted)) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.valueAt(i).equals(item.get(wanted.nameAt(i)))) {
        return false;
      }
    }
    return true;
  }

  private static Object parse(String name) {
    try {
      return Json.parseValue(name.substring(2).getBytes(StandardCharsets.UTF_8));
    } catch (MalformedException e) {
      throw new IllegalStateException("managedFields name an item in a strange way: " + name, e);
    }
  }
}
