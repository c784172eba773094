package io.kuber.resource.pod;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes to the trees inside a tree, where there are any. */
final class Each {
  private Each() {}

  /** The tree with every tree of the list {@code name} changed. */
  static Tree item(Tree tree, String name, UnaryOperator<Tree> change) {
    if (!(tree.get(name) instanceof Items items)) {
      return tree;
    }
    List<Object> changed =
        items.stream().map(i -> i instanceof Tree t ? (Object) change.apply(t) : i).toList();
    return tree.with(name, Items.copyOf(changed));
  }

  /** The tree with the tree at {@code name} changed, if it is there. */
  static Tree child(Tree tree, String name, UnaryOperator<Tree> change) {
    return tree.get(name) instanceof Tree child ? tree.with(name, change.apply(child)) : tree;
  }

  /** The tree with the field set, unless it has a value already; an empty text is none. */
  static Tree or(Tree tree, String name, Object value) {
    Object present = tree.get(name);
    return present == null || present.equals("") ? tree.with(name, value) : tree;
  }
}
