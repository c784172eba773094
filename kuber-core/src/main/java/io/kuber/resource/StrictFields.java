package io.kuber.resource;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the fields of a file by their types, where no schema has done so: what is of another type,
 * or unknown, is a problem. Owned by one call.
 *
 * @param problems where it complains
 */
public record StrictFields(Problems problems) {
  /** Complains of fields that have other names than these. */
  public void known(Tree tree, Set<String> names, FieldPath at) {
    for (int i = 0; i < tree.size(); i++) {
      if (!names.contains(tree.nameAt(i))) {
        problems.forbidden(at.child(tree.nameAt(i)), "unknown field");
      }
    }
  }

  /** A text; empty where there is none. */
  public String text(Tree tree, String name, FieldPath at) {
    return value(tree, name, at, String.class, "", "must be a text");
  }

  /** An object; an empty one where there is none. */
  public Tree tree(Tree tree, String name, FieldPath at) {
    return value(tree, name, at, Tree.class, Tree.EMPTY, "must be an object");
  }

  /** Whether something is so. */
  public boolean flag(Tree tree, String name, FieldPath at, boolean otherwise) {
    return value(tree, name, at, Boolean.class, otherwise, "must be true or false");
  }

  /** A list of texts. */
  public List<String> texts(Tree tree, String name, FieldPath at) {
    return list(tree, name, at, String.class, "must be a text");
  }

  /** A list of objects. */
  public List<Tree> trees(Tree tree, String name, FieldPath at) {
    return list(tree, name, at, Tree.class, "must be an object");
  }

  private <T> T value(
      Tree tree, String name, FieldPath at, Class<T> type, T otherwise, String complaint) {
    Object value = tree.get(name);
    if (value == null || value == Nil.NIL) {
      return otherwise;
    }
    if (!type.isInstance(value)) {
      problems.invalid(at.child(name), value, complaint);
      return otherwise;
    }
    return type.cast(value);
  }

  private <T> List<T> list(Tree tree, String name, FieldPath at, Class<T> type, String complaint) {
    Items items = value(tree, name, at, Items.class, Items.EMPTY, "must be a list");
    List<T> found = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (type.isInstance(items.get(i))) {
        found.add(type.cast(items.get(i)));
      } else {
        problems.invalid(at.child(name).index(i), items.get(i), complaint);
      }
    }
    return found;
  }
}
