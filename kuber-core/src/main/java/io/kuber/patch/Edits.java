package io.kuber.patch;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the operations of a JSON patch do at the end of a pointer. */
final class Edits {
  private Edits() {}

  /** Makes the new container from the old one; {@code token} names the place in it. */
  private interface Edit {
    Object in(Object container, String token);
  }

  static Optional<Object> find(Object document, Pointer path) {
    Object value = document;
    for (String token : path.tokens()) {
      Optional<Object> inner = child(value, token);
      if (inner.isEmpty()) {
        return inner;
      }
      value = inner.get();
    }
    return Optional.of(value);
  }

  static Object add(Object document, Pointer path, Object value) {
    return path.depth() == 0 ? value : edit(document, path, 0, "add", Edits.adding(path, value));
  }

  static Object replace(Object document, Pointer path, Object value) {
    if (path.depth() == 0) {
      return value;
    }
    return edit(
        document,
        path,
        0,
        "replace",
        (container, token) -> {
          requireChild(container, token, "replace", path);
          return with(container, token, value);
        });
  }

  static Object remove(Object document, Pointer path) {
    if (path.depth() == 0) {
      throw PatchException.unapplicable("remove operation does not apply to the whole object");
    }
    return edit(
        document,
        path,
        0,
        "remove",
        (container, token) -> {
          requireChild(container, token, "remove", path);
          return container instanceof Tree tree
              ? tree.without(token)
              : without((Items) container, token);
        });
  }

  private static Edit adding(Pointer path, Object value) {
    return (container, token) -> {
      if (container instanceof Tree tree) {
        return tree.with(token, value);
      }
      if (container instanceof Items items) {
        return inserted(items, token, path, value);
      }
      throw missing("add", path);
    };
  }

  private static Items inserted(Items items, String token, Pointer path, Object value) {
    int size = items.size();
    int index = token.equals("-") ? size : index(token, size + 1);
    if (index < 0) {
      throw PatchException.unapplicable(
          "add operation does not apply: doc is missing path: \""
              + path.text()
              + "\": Unable to access invalid index: "
              + token);
    }
    List<Object> values = new ArrayList<>(items.stream().toList());
    values.add(index, value);
    return Items.copyOf(values);
  }

  private static Object edit(Object container, Pointer path, int at, String operation, Edit edit) {
    String token = path.tokens().get(at);
    if (at == path.depth() - 1) {
      return edit.in(container, token);
    }
    Object inner = child(container, token).orElseThrow(() -> missing(operation, path));
    return with(container, token, edit(inner, path, at + 1, operation, edit));
  }

  private static Optional<Object> child(Object container, String token) {
    if (container instanceof Tree tree) {
      return Optional.ofNullable(tree.get(token));
    }
    if (container instanceof Items items) {
      int index = index(token, items.size());
      return index < 0 ? Optional.empty() : Optional.of(items.get(index));
    }
    return Optional.empty();
  }

  private static void requireChild(Object container, String token, String operation, Pointer path) {
    if (child(container, token).isEmpty()) {
      throw missing(operation, path);
    }
  }

  private static Object with(Object container, String token, Object value) {
    return container instanceof Tree tree
        ? tree.with(token, value)
        : ((Items) container).with(index(token, ((Items) container).size()), value);
  }

  private static Items without(Items items, String token) {
    List<Object> values = new ArrayList<>(items.stream().toList());
    values.remove(index(token, items.size()));
    return Items.copyOf(values);
  }

  /** The index that a token means in a list of that size, or -1. */
  private static int index(String token, int size) {
    if (!token.matches("-?(0|[1-9][0-9]{0,8})")) {
      return -1;
    }
    int index = Integer.parseInt(token);
    index = index < 0 ? size + index : index;
    return index < size ? index : -1;
  }

  private static PatchException missing(String operation, Pointer path) {
    return PatchException.unapplicable(
        operation + " operation does not apply: doc is missing path: \"" + path.text() + "\"");
  }
}
