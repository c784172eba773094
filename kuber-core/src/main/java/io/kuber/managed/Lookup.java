package io.kuber.managed;

import io.kuber.object.Tree;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of one tree while another one is walked: at the same index first, and by hash
 * where a tree has many, so that two big maps meet in linear time.
 */
final class Lookup {
  private static final int MANY = 32;

  private final Tree tree;
  private @Nullable Map<String, Object> index;

  Lookup(Tree tree) {
    this.tree = tree;
  }

  /** The field of that name, or null; it is likely at {@code hint}. */
  @Nullable Object get(String name, int hint) {
    if (hint < tree.size() && tree.nameAt(hint).equals(name)) {
      return tree.valueAt(hint);
    }
    if (tree.size() < MANY) {
      return tree.get(name);
    }
    Map<String, Object> many = index;
    if (many == null) {
      many = new HashMap<>();
      tree.forEach(many::put);
      index = many;
    }
    return many.get(name);
  }
}
