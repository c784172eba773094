package io.kuber.patch;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.schema.Facts;
import io.kuber.schema.Field;
import io.kuber.schema.Listed;
import io.kuber.schema.Mapped;
import io.kuber.schema.Scalar;
import io.kuber.schema.Shape;
import io.kuber.schema.TypeSchema;

/**
 * Strategic merge patch: like merge patch, but lists merge too where the type says by which field
 * their elements are told apart, and directives in the patch say how.
 */
public final class StrategicMergePatch {
  private StrategicMergePatch() {}

  /** The object with the patch merged into it as the fields of its type ask for. */
  public static Tree apply(Tree object, Tree patch, TypeSchema type) {
    return merge(object, patch, type);
  }

  static Tree merge(Tree object, Tree patch, Shape shape) {
    return switch (Directives.of(patch)) {
      case "replace" -> Directives.strip(patch);
      case "delete" -> Tree.EMPTY;
      default -> mergeFields(retain(object, patch), patch, shape);
    };
  }

  /** The object without the fields that {@code $retainKeys} does not list. */
  private static Tree retain(Tree object, Tree patch) {
    if (!patch.has(Directives.RETAIN_KEYS)) {
      return object;
    }
    Items retained = Directives.items(patch, Directives.RETAIN_KEYS);
    for (int i = 0; i < patch.size(); i++) {
      String name = patch.nameAt(i);
      if (!Directives.is(name) && patch.valueAt(i) != Nil.NIL && !retained.contains(name)) {
        throw PatchException.malformed(
            "invalid patch format of retainKeys: " + name + " is set but not retained");
      }
    }
    Tree kept = object;
    for (int i = 0; i < object.size(); i++) {
      kept = retained.contains(object.nameAt(i)) ? kept : kept.without(object.nameAt(i));
    }
    return kept;
  }

  private static Tree mergeFields(Tree object, Tree patch, Shape shape) {
    Tree merged = object;
    for (int i = 0; i < patch.size(); i++) {
      String name = patch.nameAt(i);
      if (!Directives.is(name)) {
        merged = mergeField(merged, patch, patch.valueAt(i), field(shape, name));
      }
    }
    for (int i = 0; i < patch.size(); i++) {
      merged = obeyListDirective(merged, object, patch, patch.nameAt(i), shape);
    }
    return merged;
  }

  private static Tree mergeField(Tree object, Tree patch, Object value, Field field) {
    String name = field.name();
    if (value == Nil.NIL) {
      return object.without(name);
    }
    Object old = object.get(name);
    boolean merges = !field.facts().patchStrategies().contains("replace");
    if (old instanceof Tree oldTree && value instanceof Tree newTree && merges) {
      return object.with(name, merge(oldTree, newTree, field.shape()));
    }
    if (old instanceof Items oldItems && value instanceof Items newItems && isMerged(field)) {
      ElementOrder.check(patch, newItems, field);
      return object.with(name, ListMerge.merge(oldItems, newItems, field));
    }
    return Directives.of(value).equals("delete")
        ? object.without(name)
        : object.with(name, Directives.strip(value));
  }

  /** {@code $deleteFromPrimitiveList} and {@code $setElementOrder}, after all fields are merged. */
  private static Tree obeyListDirective(
      Tree merged, Tree before, Tree patch, String name, Shape shape) {
    if (name.startsWith(Directives.DELETE_FROM_PRIMITIVE_LIST)) {
      String list = name.substring(Directives.DELETE_FROM_PRIMITIVE_LIST.length());
      Items doomed = Directives.items(patch, name);
      return merged.get(list) instanceof Items items
          ? merged.with(list, Items.of(items.stream().filter(x -> !doomed.contains(x)).toArray()))
          : merged;
    }
    if (name.startsWith(Directives.SET_ELEMENT_ORDER)) {
      String list = name.substring(Directives.SET_ELEMENT_ORDER.length());
      Items order = Directives.items(patch, name);
      String key = field(shape, list).facts().mergeKey();
      return merged.get(list) instanceof Items items
          ? merged.with(list, ElementOrder.enforce(items, order, before.items(list), key))
          : merged;
    }
    return merged;
  }

  private static boolean isMerged(Field field) {
    return field.facts().patchStrategies().contains("merge");
  }

  /** The field of that name; one that the type lacks may be anything and has no strategy. */
  private static Field field(Shape shape, String name) {
    Field known = shape instanceof TypeSchema type ? type.field(name) : null;
    if (known != null) {
      return known;
    }
    return Field.of(name, shape instanceof Mapped map ? map.value() : Scalar.JSON, Facts.NONE);
  }

  /** What the elements of a merged list are. */
  static Shape elementOf(Field field) {
    return field.shape() instanceof Listed list ? list.element() : Scalar.JSON;
  }
}
