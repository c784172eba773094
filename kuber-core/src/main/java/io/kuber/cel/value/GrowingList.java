package io.kuber.cel.value;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * A list that grows at its end without a copy, because {@code map} and {@code filter} add items one
 * by one. Each value is a prefix of a shared array: the longest may append in place, any other
 * copies first, so that no value ever changes.
 */
public final class GrowingList extends AbstractList<Object> implements RandomAccess {
  private final List<Object> shared;
  private final int size;

  private GrowingList(List<Object> shared) {
    this.shared = shared;
    this.size = shared.size();
  }

  /** Both lists, one behind the other; what is copied counts as work. */
  public static List<?> concat(List<?> one, List<?> other, Meter meter) {
    if (other.isEmpty()) {
      return one;
    }
    meter.work(other.size());
    List<Object> shared;
    if (one instanceof GrowingList growing && growing.isLongest()) {
      shared = growing.shared;
    } else {
      meter.work(one.size());
      shared = new ArrayList<>(one);
    }
    shared.addAll(other);
    return new GrowingList(shared);
  }

  private boolean isLongest() {
    return shared.size() == size;
  }

  @Override
  public Object get(int index) {
    return shared.get(Objects.checkIndex(index, size));
  }

  @Override
  public int size() {
    return size;
  }
}
