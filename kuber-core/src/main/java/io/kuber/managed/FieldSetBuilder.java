package io.kuber.managed;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Collects one node of a {@link FieldSet}. Not thread-safe; lives as long as one walk over a node.
 */
final class FieldSetBuilder {
  private static final int FEW = 8;

  /** Steps that are sorted by insertion; beyond them that would take too long. */
  private static final int INSERTED = 32;

  private PathElement[] elements;
  private boolean[] members;
  private FieldSet[] below;
  private int size;
  private boolean isSorted = true;

  /** A builder for a node of which nobody knows how big it gets. */
  FieldSetBuilder() {
    this(FEW);
  }

  /** A builder for a node of about so many steps. */
  FieldSetBuilder(int expected) {
    elements = new PathElement[expected];
    members = new boolean[expected];
    below = new FieldSet[expected];
  }

  /** The first steps of a set, to which others follow. */
  static FieldSetBuilder beginning(FieldSet set, int steps) {
    FieldSetBuilder builder = new FieldSetBuilder(set.size());
    for (int i = 0; i < steps; i++) {
      builder.add(set.elementAt(i), set.isMemberAt(i), set.belowAt(i));
    }
    return builder;
  }

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
      int more = Math.max(FEW, size * 2);
      elements = Arrays.copyOf(elements, more);
      members = Arrays.copyOf(members, more);
      below = Arrays.copyOf(below, more);
    }
    isSorted = isSorted && (size == 0 || elements[size - 1].compareTo(element) < 0);
    elements[size] = element;
    members[size] = isMember;
    below[size] = fieldsBelow;
    size++;
  }

  /** The node of what was added; ends the life of this builder. */
  FieldSet build() {
    if (size == 0) {
      return FieldSet.EMPTY;
    }
    if (!isSorted && size > INSERTED) {
      return sorted();
    }
    if (!isSorted) {
      insertEach();
    }
    return size == elements.length
        ? new FieldSet(elements, members, below)
        : new FieldSet(
            Arrays.copyOf(elements, size),
            Arrays.copyOf(members, size),
            Arrays.copyOf(below, size));
  }

  private void insertEach() {
    int all = size;
    size = 1;
    for (int i = 1; i < all; i++) {
      insert(elements[i], members[i], below[i]);
    }
  }

  /** Puts a step where it belongs among those that are sorted. */
  private void insert(PathElement element, boolean isMember, FieldSet fieldsBelow) {
    int at = size;
    while (at > 0 && elements[at - 1].compareTo(element) > 0) {
      at--;
    }
    if (at > 0 && elements[at - 1].equals(element)) {
      members[at - 1] |= isMember;
      below[at - 1] = below[at - 1].union(fieldsBelow);
      return;
    }
    System.arraycopy(elements, at, elements, at + 1, size - at);
    System.arraycopy(members, at, members, at + 1, size - at);
    System.arraycopy(below, at, below, at + 1, size - at);
    elements[at] = element;
    members[at] = isMember;
    below[at] = fieldsBelow;
    size++;
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
