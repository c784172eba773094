package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.ListType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an element of a list was before an update: by its keys where the list is a map, by its
 * place where the schema says nothing, and not at all in sets and atomic lists.
 */
final class OldItems {
  private static final OldItems NONE = new OldItems(Items.EMPTY, Map.of(), List.of());

  private final Items placed;
  private final Map<Tree, Object> keyed;
  private final List<String> keys;

  private OldItems(Items placed, Map<Tree, Object> keyed, List<String> keys) {
    this.placed = placed;
    this.keyed = keyed;
    this.keys = keys;
  }

  static OldItems of(@Nullable Object old, Structural schema) {
    if (!(old instanceof Items items)) {
      return NONE;
    }
    if (schema.listType() == ListType.UNSAID) {
      return new OldItems(items, Map.of(), List.of());
    }
    if (schema.listType() != ListType.MAP) {
      return NONE;
    }
    Map<Tree, Object> keyed = new HashMap<>();
    items.trees().forEach(item -> keyed.putIfAbsent(key(item, schema.listMapKeys()), item));
    return new OldItems(Items.EMPTY, keyed, schema.listMapKeys());
  }

  /** What the element at {@code index} was, or null. */
  @Nullable Object of(int index, Object item) {
    if (!keys.isEmpty()) {
      return item instanceof Tree tree ? keyed.get(key(tree, keys)) : null;
    }
    return index < placed.size() ? placed.get(index) : null;
  }

  /** The part of an element that identifies it. */
  static Tree key(Tree item, List<String> keys) {
    Tree.Builder key = Tree.builder();
    keys.forEach(name -> key.putIfPresent(name, item.get(name)));
    return key.build();
  }
}
