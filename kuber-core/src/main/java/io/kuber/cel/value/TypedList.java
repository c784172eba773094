package io.kuber.cel.value;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A list that a schema describes. Where the schema calls it a set or a map, order does not matter
 * to equality, and addition merges (apiserver, pkg/cel/common/values.go).
 */
public abstract sealed class TypedList extends AbstractList<Object> permits ListView, MergedList {
  private final DeclaredType.ListOf type;

  TypedList(DeclaredType.ListOf type) {
    this.type = type;
  }

  /** What the schema says. */
  final DeclaredType.ListOf type() {
    return type;
  }

  /** Whether the list is a set or a map to Kubernetes. */
  public final boolean isAssociative() {
    return type.isSet() || !type.keys().isEmpty();
  }

  /** Whether a list has equal items, in any order. */
  final boolean hasSameItems(List<?> other, Meter meter) {
    if (size() != other.size()) {
      return false;
    }
    meter.work(size());
    Map<Object, Object> mine = new HashMap<>();
    for (Object item : this) {
      mine.put(identity(item), item);
    }
    for (Object item : other) {
      Object found = mine.get(identity(item));
      if (found == null || !Equality.equal(found, item, meter)) {
        return false;
      }
    }
    return true;
  }

  /** These items and others: an item that is here already is replaced in its place. */
  public final List<Object> merged(List<?> other, Meter meter) {
    meter.work(size() + (long) other.size());
    Map<Object, Integer> places = new HashMap<>();
    List<Object> merged = new ArrayList<>(this);
    for (int i = 0; i < size(); i++) {
      places.put(identity(get(i)), i);
    }
    for (Object item : other) {
      Integer place = places.get(identity(item));
      if (place == null) {
        places.put(identity(item), merged.size());
        merged.add(item);
      } else {
        merged.set(place, item);
      }
    }
    return new MergedList(merged, type);
  }

  private Object identity(Object item) {
    if (!(item instanceof TreeView view)) {
      return item;
    }
    if (type.keys().isEmpty()) {
      return view.tree();
    }
    List<Object> identity = new ArrayList<>(type.keys().size());
    for (String key : type.keys()) {
      Object value = view.tree().get(key);
      identity.add(value == null ? List.of() : value);
    }
    return identity;
  }
}
