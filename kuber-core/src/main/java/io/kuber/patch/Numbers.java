package io.kuber.patch;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.math.BigDecimal;

/** Equality of JSON values: numbers are equal when they have the same value, however written. */
final class Numbers {
  private Numbers() {}

  static boolean areEqual(Object one, Object other) {
    if (one instanceof Number a && other instanceof Number b) {
      return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
    }
    if (one instanceof Tree a && other instanceof Tree b) {
      return areEqual(a, b);
    }
    if (one instanceof Items a && other instanceof Items b) {
      return areEqual(a, b);
    }
    return one.equals(other);
  }

  private static boolean areEqual(Tree one, Tree other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      Object there = other.get(one.nameAt(i));
      if (there == null || !areEqual(one.valueAt(i), there)) {
        return false;
      }
    }
    return true;
  }

  private static boolean areEqual(Items one, Items other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!areEqual(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }
}
