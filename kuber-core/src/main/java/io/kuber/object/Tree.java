package io.kuber.object;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON object: names and values in the order in which they were written.
 *
 * <p>Two parallel arrays instead of a hash map: nearly all objects of Kubernetes have fewer than
 * twenty fields, where comparing names one by one is as fast as hashing and a third of the size.
 * Names that come from a parser or stand in the code are interned, so that the same name is one
 * string per process and is found by identity.
 */
public final class Tree {
  /** The tree without fields. */
  public static final Tree EMPTY = new Tree(new String[0], new Object[0]);

  /** From this many fields on, names are looked up by hash while a tree is built or compared. */
  private static final int MANY = 32;

  private final String[] names;
  private final Object[] values;

  private Tree(String[] names, Object[] values) {
    this.names = names;
    this.values = values;
  }

  /** A tree of the given names and values, alternating; see the package for what a value may be. */
  public static Tree of(Object... namesAndValues) {
    Builder builder = builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /** A tree of text fields, in the order of the map. */
  public static Tree ofTexts(Map<String, String> texts) {
    Builder builder = builder();
    texts.forEach(builder::put);
    return builder.build();
  }

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** The canonical instance of a field name, for parsers. */
  public static String intern(String name) {
    return name.intern();
  }

  /** How many fields there are. */
  public int size() {
    return names.length;
  }

  /** Whether there is no field. */
  public boolean isEmpty() {
    return names.length == 0;
  }

  /** The name of the field at {@code index}, counted from zero. */
  public String nameAt(int index) {
    return names[index];
  }

  /** The value of the field at {@code index}, counted from zero. */
  public Object valueAt(int index) {
    return values[index];
  }

  /** The index of the field, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the field is there, even if its value is {@link Nil#NIL}. */
  public boolean has(String name) {
    return indexOf(name) >= 0;
  }

  /** The value of the field, or null. */
  public @Nullable Object get(String name) {
    int index = indexOf(name);
    return index < 0 ? null : values[index];
  }

  /** The value at the end of a path of field names, or null where the path ends early. */
  public @Nullable Object at(String... path) {
    Object value = this;
    for (String name : path) {
      if (!(value instanceof Tree tree)) {
        return null;
      }
      value = tree.get(name);
    }
    return value;
  }

  /** The tree at the end of a path; empty where there is none. */
  public Tree tree(String... path) {
    return at(path) instanceof Tree tree ? tree : EMPTY;
  }

  /** The items at the end of a path; empty where there are none. */
  public Items items(String... path) {
    return at(path) instanceof Items items ? items : Items.EMPTY;
  }

  /** The text at the end of a path; the empty string where there is none. */
  public String text(String... path) {
    return at(path) instanceof String text ? text : "";
  }

  /** The integer at the end of a path, or {@code otherwise}. */
  public long number(long otherwise, String... path) {
    return at(path) instanceof Number number ? number.longValue() : otherwise;
  }

  /** Whether the value at the end of a path is {@code true}. */
  public boolean isTrue(String... path) {
    return Boolean.TRUE.equals(at(path));
  }

  /** The text fields as a map in the order of this tree; other fields are left out. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    forEach(
        (name, value) -> {
          if (value instanceof String text) {
            texts.put(name, text);
          }
        });
    return texts;
  }

  /** Calls {@code action} for every field in order. */
  public void forEach(BiConsumer<String, Object> action) {
    for (int i = 0; i < names.length; i++) {
      action.accept(names[i], values[i]);
    }
  }

  /** This tree with the field set: in its old place, or behind all others when it is new. */
  public Tree with(String name, Object value) {
    Objects.requireNonNull(value, name);
    int index = indexOf(name);
    if (index < 0) {
      String[] moreNames = Arrays.copyOf(names, names.length + 1);
      Object[] moreValues = Arrays.copyOf(values, values.length + 1);
      moreNames[names.length] = name;
      moreValues[values.length] = value;
      return new Tree(moreNames, moreValues);
    }
    if (values[index] == value) {
      return this;
    }
    Object[] changed = values.clone();
    changed[index] = value;
    return new Tree(names, changed);
  }

  /** This tree with the value at the end of a path set; missing trees on the way are made. */
  public Tree withAt(Object value, String... path) {
    return withAt(value, path, 0);
  }

  private Tree withAt(Object value, String[] path, int depth) {
    String name = path[depth];
    if (depth == path.length - 1) {
      return with(name, value);
    }
    Tree child = get(name) instanceof Tree tree ? tree : EMPTY;
    return with(name, child.withAt(value, path, depth + 1));
  }

  /** This tree with the field set, unless it has a value already; an empty text is none. */
  public Tree withDefault(String name, Object value) {
    Object present = get(name);
    return present == null || present.equals("") ? with(name, value) : this;
  }

  /** This tree with the tree at {@code name} changed, if it is there. */
  public Tree withChild(String name, UnaryOperator<Tree> change) {
    return get(name) instanceof Tree child ? with(name, change.apply(child)) : this;
  }

  /** This tree with every tree of the list {@code name} changed, if it is there. */
  public Tree withEach(String name, UnaryOperator<Tree> change) {
    if (!(get(name) instanceof Items items)) {
      return this;
    }
    List<Object> changed =
        items.stream().map(i -> i instanceof Tree t ? (Object) change.apply(t) : i).toList();
    return with(name, Items.copyOf(changed));
  }

  /** This tree without the field. */
  public Tree without(String name) {
    int index = indexOf(name);
    if (index < 0) {
      return this;
    }
    String[] fewerNames = new String[names.length - 1];
    Object[] fewerValues = new Object[names.length - 1];
    System.arraycopy(names, 0, fewerNames, 0, index);
    System.arraycopy(names, index + 1, fewerNames, index, fewerNames.length - index);
    System.arraycopy(values, 0, fewerValues, 0, index);
    System.arraycopy(values, index + 1, fewerValues, index, fewerValues.length - index);
    return new Tree(fewerNames, fewerValues);
  }

  /** This tree without the field at the end of a path; trees that become empty stay. */
  public Tree withoutAt(String... path) {
    return withoutAt(path, 0);
  }

  private Tree withoutAt(String[] path, int depth) {
    String name = path[depth];
    if (depth == path.length - 1) {
      return without(name);
    }
    return get(name) instanceof Tree child ? with(name, child.withoutAt(path, depth + 1)) : this;
  }

  /** Equal to a tree with equal values under the same names, in whatever order. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof Tree that) || names.length != that.names.length) {
      return false;
    }
    Map<String, Object> many = null;
    for (int i = 0; i < names.length; i++) {
      Object value;
      if (that.names[i].equals(names[i])) {
        value = that.values[i];
      } else if (names.length < MANY) {
        value = that.get(names[i]);
      } else {
        many = many == null ? that.toMap() : many;
        value = many.get(names[i]);
      }
      if (!values[i].equals(value)) {
        return false;
      }
    }
    return true;
  }

  private Map<String, Object> toMap() {
    Map<String, Object> map = new HashMap<>();
    forEach(map::put);
    return map;
  }

  @Override
  public int hashCode() {
    int sum = 0;
    for (int i = 0; i < names.length; i++) {
      sum += names[i].hashCode() ^ values[i].hashCode();
    }
    return sum;
  }

  /** A rendering like JSON, for people who debug; not for the wire. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < names.length; i++) {
      text.append(i == 0 ? "" : ", ").append(names[i]).append(": ").append(values[i]);
    }
    return text.append('}').toString();
  }

  /** Collects the fields of one tree. Not thread-safe; lives as long as one method or parser. */
  public static final class Builder {
    private static final int FEW = 8;

    private String[] names = new String[FEW];
    private Object[] values = new Object[FEW];
    private @Nullable Map<String, Integer> places;
    private int size;

    private Builder() {}

    /** Sets a field; a name that was set before keeps its place and gets the new value. */
    public Builder put(String name, Object value) {
      Objects.requireNonNull(value, name);
      int place = place(name);
      if (place < 0) {
        append(name, value);
      } else {
        values[place] = value;
      }
      return this;
    }

    /** Sets a field unless the value is null. */
    public Builder putIfPresent(String name, @Nullable Object value) {
      return value == null ? this : put(name, value);
    }

    /** Whether the field was set. */
    public boolean has(String name) {
      return place(name) >= 0;
    }

    /** How many fields were set so far. */
    public int size() {
      return size;
    }

    private int place(String name) {
      if (places != null) {
        return places.getOrDefault(name, -1);
      }
      for (int i = 0; i < size; i++) {
        if (names[i].equals(name)) {
          return i;
        }
      }
      return -1;
    }

    private void append(String name, Object value) {
      if (size == names.length) {
        names = Arrays.copyOf(names, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      names[size] = name;
      values[size] = value;
      if (places != null) {
        places.put(name, size);
      }
      size++;
      if (size == MANY) {
        places = indexed();
      }
    }

    private Map<String, Integer> indexed() {
      Map<String, Integer> index = new HashMap<>();
      for (int i = 0; i < size; i++) {
        index.put(names[i], i);
      }
      return index;
    }

    /** The tree of what was set. */
    public Tree build() {
      return size == 0 ? EMPTY : new Tree(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
    }
  }
}
