package io.kuber.managed;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Collects one node of a {@link FieldSet}. Not thread-safe; lives as long as one walk over a node.
 */
final class FieldSetBuilder {
  private static final int FEW = 8;

  private PathElement[] elements = new PathElement[FEW];
  private boolean[] members = new boolean[FEW];
  private FieldSet[] below = new FieldSet[FEW];
  private int size;
  private boolean isSorted = true;

  /** How many steps were added. */
  int size() {
    return size;
  }

  /** Adds a field, or fields below it, or both; without either, adds nothing. In any order. */
  void add(PathElement element, boolean isMember, FieldSet fieldsBelow) {
    if (!isMember && fieldsBelow.isEmpty()) {
      return;
    }
    if (size == elements.length) {
      elements = Arrays.copyOf(elements, size * 2);
      members = Arrays.copyOf(members, size * 2);
      below = Arrays.copyOf(below, size * 2);
    }
    isSorted = isSorted && (size == 0 || elements[size - 1].compareTo(element) < 0);
    elements[size] = element;
    members[size] = isMember;
    below[size] = fieldsBelow;
    size++;
  }

  /** The node of what was added. */
  FieldSet build() {
    if (size == 0) {
      return FieldSet.EMPTY;
    }
    if (!isSorted) {
      return sorted();
    }
    return new FieldSet(
        Arrays.copyOf(elements, size), Arrays.copyOf(members, size), Arrays.copyOf(below, size));
  }

  private FieldSet sorted() {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparing(i -> elements[i]));
    FieldSetBuilder sorted = new FieldSetBuilder();
    for (int from : order) {
      int last = sorted.size - 1;
      if (last >= 0 && sorted.elements[last].equals(elements[from])) {
        sorted.members[last] |= members[from];
        sorted.below[last] = sorted.below[last].union(below[from]);
      } else {
        sorted.add(elements[from], members[from], below[from]);
      }
    }
    return sorted.build();
  }
}
