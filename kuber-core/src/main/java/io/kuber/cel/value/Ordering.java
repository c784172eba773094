package io.kuber.cel.value;

import java.time.Duration;
import java.time.Instant;

/** Which of two values is smaller. */
public final class Ordering {
  /** What {@link #compare} gives when one of the two is no number: neither is smaller. */
  public static final int UNORDERED = 2;

  private Ordering() {}

  /** -1, 0, 1 or {@link #UNORDERED}; fails for values that have no order. */
  public static int compare(Object one, Object other) {
    if (one instanceof Number a && other instanceof Number b) {
      Integer order = Equality.compareNumbers(a, b);
      return order == null ? UNORDERED : Integer.signum(order);
    }
    if (one instanceof String a && other instanceof String b) {
      return compareTexts(a, b);
    }
    if (one instanceof Instant a && other instanceof Instant b) {
      return Integer.signum(a.compareTo(b));
    }
    if (one instanceof Duration a && other instanceof Duration b) {
      return Integer.signum(a.compareTo(b));
    }
    if (one instanceof Boolean a && other instanceof Boolean b) {
      return Boolean.compare(a, b);
    }
    if (one instanceof Bytes a && other instanceof Bytes b) {
      return Integer.signum(a.compareTo(b));
    }
    throw CelFailure.noSuchOverload();
  }

  /** By code points, as Go orders its UTF-8: Java's order differs above U+FFFF. */
  private static int compareTexts(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean same = Character.isSurrogate(a) == Character.isSurrogate(b);
        return same ? Integer.signum(a - b) : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}
