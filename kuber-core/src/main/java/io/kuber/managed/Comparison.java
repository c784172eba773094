package io.kuber.managed;

import java.util.function.UnaryOperator;

/**
 * What differs between two states of an object.
 *
 * @param removed fields of the first that the second lacks
 * @param modified fields of both with another value
 * @param added fields of the second that the first lacks
 */
record Comparison(FieldSet removed, FieldSet modified, FieldSet added) {
  /** Nothing differs. */
  static final Comparison SAME = new Comparison(FieldSet.EMPTY, FieldSet.EMPTY, FieldSet.EMPTY);

  /** Whether nothing differs. */
  boolean isSame() {
    return removed.isEmpty() && modified.isEmpty() && added.isEmpty();
  }

  /** The fields whose value in the second state is new. */
  FieldSet written() {
    return modified.union(added);
  }

  /** This comparison of some fields only. */
  Comparison of(UnaryOperator<FieldSet> some) {
    return isSame()
        ? this
        : new Comparison(some.apply(removed), some.apply(modified), some.apply(added));
  }
}
