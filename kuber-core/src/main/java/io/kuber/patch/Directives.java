package io.kuber.patch;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;

/** The directives of a strategic merge patch: fields that say how to merge instead of what. */
final class Directives {
  /** Says of an object whether to merge, replace or delete it. */
  static final String PATCH = "$patch";

  /** Lists the fields of an object that stay; all others go. */
  static final String RETAIN_KEYS = "$retainKeys";

  /** Before a field: the order in which the elements of its list have to stand. */
  static final String SET_ELEMENT_ORDER = "$setElementOrder/";

  /** Before a field: the values that leave its list. */
  static final String DELETE_FROM_PRIMITIVE_LIST = "$deleteFromPrimitiveList/";

  private Directives() {}

  /** What an element or object asks for: {@code replace}, {@code delete} or {@code merge}. */
  static String of(Object patch) {
    if (!(patch instanceof Tree tree) || !tree.has(PATCH)) {
      return "merge";
    }
    String directive = tree.text(PATCH);
    return switch (directive) {
      case "replace", "delete", "merge" -> directive;
      default ->
          throw PatchException.malformed("unknown patch type [" + directive + "] in " + patch);
    };
  }

  /** The items of a directive that must be a list. */
  static Items items(Tree patch, String directive) {
    if (patch.get(directive) instanceof Items items) {
      return items;
    }
    throw PatchException.malformed("the value of " + directive + " must be a list");
  }

  static boolean is(String name) {
    return name.equals(PATCH)
        || name.equals(RETAIN_KEYS)
        || name.startsWith(SET_ELEMENT_ORDER)
        || name.startsWith(DELETE_FROM_PRIMITIVE_LIST);
  }

  /** A value that is new to the object: without directives, and without nulls to delete. */
  static Object strip(Object patch) {
    if (patch instanceof Tree tree) {
      return strip(tree);
    }
    if (patch instanceof Items items) {
      List<Object> kept = new ArrayList<>(items.size());
      for (Object item : items) {
        if (!of(item).equals("delete") && !isOnlyDirective(item)) {
          kept.add(strip(item));
        }
      }
      return Items.copyOf(kept);
    }
    return patch;
  }

  private static boolean isOnlyDirective(Object item) {
    return item instanceof Tree tree && tree.size() == 1 && tree.has(PATCH);
  }

  static Tree strip(Tree patch) {
    Tree stripped = patch;
    for (int i = 0; i < patch.size(); i++) {
      String name = patch.nameAt(i);
      if (is(name) || patch.valueAt(i) == Nil.NIL) {
        stripped = stripped.without(name);
      } else {
        stripped = stripped.with(name, strip(patch.valueAt(i)));
      }
    }
    return stripped;
  }
}
