package io.kuber.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An immutable JSON array; see the package for what its values may be. */
public final class Items implements Iterable<Object> {
  /** The array without values. */
  public static final Items EMPTY = new Items(new Object[0]);

  private final Object[] values;

  private Items(Object[] values) {
    this.values = values;
  }

  /** The given values, in order. */
  public static Items of(Object... values) {
    return owning(values.clone());
  }

  /** The given values, in order. */
  public static Items copyOf(Collection<?> values) {
    return owning(values.toArray());
  }

  private static Items owning(Object[] values) {
    for (Object value : values) {
      Objects.requireNonNull(value, "an item is never null: the null of JSON is Nil.NIL");
    }
    return values.length == 0 ? EMPTY : new Items(values);
  }

  /** How many values there are. */
  public int size() {
    return values.length;
  }

  /** Whether there is no value. */
  public boolean isEmpty() {
    return values.length == 0;
  }

  /** The value at {@code index}, counted from zero. */
  public Object get(int index) {
    return values[index];
  }

  /** The tree at {@code index}; empty where the value is something else. */
  public Tree tree(int index) {
    return values[index] instanceof Tree tree ? tree : Tree.EMPTY;
  }

  /** The values that are trees, in order. */
  public List<Tree> trees() {
    List<Tree> trees = new ArrayList<>(values.length);
    for (Object value : values) {
      if (value instanceof Tree tree) {
        trees.add(tree);
      }
    }
    return trees;
  }

  /** The values that are texts, in order. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>(values.length);
    for (Object value : values) {
      if (value instanceof String text) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** Whether an equal value is among these. */
  public boolean contains(Object value) {
    return Arrays.asList(values).contains(value);
  }

  /** These values with the one at {@code index} replaced. */
  public Items with(int index, Object value) {
    Object[] changed = values.clone();
    changed[index] = Objects.requireNonNull(value);
    return new Items(changed);
  }

  /** These values and one more behind them. */
  public Items plus(Object value) {
    Object[] more = Arrays.copyOf(values, values.length + 1);
    more[values.length] = Objects.requireNonNull(value);
    return new Items(more);
  }

  /** These values without those equal to {@code value}. */
  public Items without(Object value) {
    return of(stream().filter(item -> !item.equals(value)).toArray());
  }

  /** The values in order. */
  public Stream<Object> stream() {
    return Arrays.stream(values);
  }

  @Override
  public Iterator<Object> iterator() {
    return Arrays.asList(values).iterator();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Items that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** A rendering like JSON, for people who debug; not for the wire. */
  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
