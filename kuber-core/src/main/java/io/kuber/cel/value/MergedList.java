package io.kuber.cel.value;

import java.util.List;
import java.util.RandomAccess;

/** The sum of two lists of which the first is a set or a map to Kubernetes; so is the sum. */
final class MergedList extends TypedList implements RandomAccess {
  private final List<Object> items;

  MergedList(List<Object> items, DeclaredType.ListOf type) {
    super(type);
    this.items = items;
  }

  @Override
  public Object get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }
}
