package io.kuber.managed;

import io.kuber.object.Tree;
import java.math.BigDecimal;

/** One step of the path from an object to one of its fields. */
public sealed interface PathElement extends Comparable<PathElement> {
  /** A field of an object, or an entry of a map. */
  record FieldName(String name) implements PathElement {
    @Override
    public String toString() {
      return "." + name;
    }
  }

  /**
   * The element of a list that has these values in its key fields.
   *
   * @param fields the key fields, sorted by name
   */
  record Keyed(Tree fields) implements PathElement {
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("[");
      for (int i = 0; i < fields.size(); i++) {
        text.append(i == 0 ? "" : ",").append(fields.nameAt(i)).append('=');
        text.append(shown(fields.valueAt(i)));
      }
      return text.append(']').toString();
    }
  }

  /** The element of a set that is this scalar. */
  record Value(Object value) implements PathElement {
    @Override
    public String toString() {
      return "[=" + shown(value) + "]";
    }
  }

  /** The element of a list at this index. */
  record Index(int index) implements PathElement {
    @Override
    public String toString() {
      return "[" + index + "]";
    }
  }

  /** Names before keys before values before indices, and each by what it says. */
  @Override
  default int compareTo(PathElement other) {
    if (this instanceof FieldName left && other instanceof FieldName right) {
      return left.name.compareTo(right.name);
    }
    if (this instanceof Keyed left && other instanceof Keyed right) {
      return compare(left.fields, right.fields);
    }
    if (this instanceof Value left && other instanceof Value right) {
      return compare(left.value, right.value);
    }
    if (this instanceof Index left && other instanceof Index right) {
      return Integer.compare(left.index, right.index);
    }
    return Integer.compare(rank(), other.rank());
  }

  private int rank() {
    return this instanceof FieldName
        ? 0
        : this instanceof Keyed ? 1 : this instanceof Value ? 2 : 3;
  }

  private static int compare(Tree left, Tree right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int byName = left.nameAt(i).compareTo(right.nameAt(i));
      int order = byName == 0 ? compare(left.valueAt(i), right.valueAt(i)) : byName;
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static int compare(Object left, Object right) {
    if (left instanceof String text && right instanceof String other) {
      return text.compareTo(other);
    }
    if (left instanceof Long number && right instanceof Long other) {
      return number.compareTo(other);
    }
    if (left instanceof BigDecimal number && right instanceof BigDecimal other) {
      return number.compareTo(other);
    }
    if (left instanceof Boolean truth && right instanceof Boolean other) {
      return truth.compareTo(other);
    }
    int byType = left.getClass().getName().compareTo(right.getClass().getName());
    return byType == 0 ? left.toString().compareTo(right.toString()) : byType;
  }

  private static String shown(Object value) {
    return value instanceof String text ? Quoted.text(text) : value.toString();
  }
}
