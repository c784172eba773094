package io.kuber.cel.value;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tree as a map or as an object with fields. Views of its trees and lists are made once, when
 * asked for; entries of large trees are found by hash. Owned by one evaluation.
 */
public final class TreeView extends AbstractMap<Object, Object> {
  /** From this many entries on, keys are found by hash. */
  private static final int MANY = 24;

  private final Tree tree;
  private final DeclaredType type;
  private Object @Nullable [] views;
  private @Nullable Map<String, Integer> index;

  TreeView(Tree tree, DeclaredType type) {
    this.tree = tree;
    this.type = type;
  }

  /** What is viewed. */
  public Tree tree() {
    return tree;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    if (!(key instanceof String name)) {
      return null;
    }
    if (type instanceof DeclaredType.Struct struct) {
      DeclaredType.Field field = struct.fields().get(name);
      if (field == null) {
        return null;
      }
      int place = place(field.name());
      return place < 0 ? null : valueAt(place, field.type());
    }
    int place = place(name);
    return place < 0 ? null : valueAt(place, ((DeclaredType.MapOf) type).values());
  }

  /** The value of a field by its name in JSON, or null. */
  @Nullable Object field(String name) {
    int place = place(name);
    return place < 0 ? null : valueAt(place, typeOf(name));
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return tree.size();
  }

  private int place(String name) {
    if (tree.size() < MANY) {
      return tree.indexOf(name);
    }
    if (index == null) {
      index = new HashMap<>();
      for (int i = 0; i < tree.size(); i++) {
        index.put(tree.nameAt(i), i);
      }
    }
    return index.getOrDefault(name, -1);
  }

  private Object valueAt(int place, DeclaredType valueType) {
    Object raw = tree.valueAt(place);
    if (!(raw instanceof Tree) && !(raw instanceof Items)) {
      return DeclaredType.adaptNullable(valueType, raw);
    }
    if (views == null) {
      views = new Object[tree.size()];
    }
    Object view = views[place];
    if (view == null) {
      view = valueType.adapt(raw);
      views[place] = view;
    }
    return view;
  }

  private DeclaredType typeOf(String name) {
    if (type instanceof DeclaredType.MapOf map) {
      return map.values();
    }
    for (DeclaredType.Field field : ((DeclaredType.Struct) type).fields().values()) {
      if (field.name().equals(name)) {
        return field.type();
      }
    }
    return DeclaredType.ANY;
  }

  @Override
  public Set<Entry<Object, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<Object, Object>> iterator() {
        return new Entries();
      }

      @Override
      public int size() {
        return tree.size();
      }
    };
  }

  private final class Entries implements Iterator<Entry<Object, Object>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < tree.size();
    }

    @Override
    public Entry<Object, Object> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int place = next++;
      String name = tree.nameAt(place);
      return Map.entry(name, valueAt(place, typeOf(name)));
    }
  }
}
