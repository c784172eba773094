package io.kuber.cel.value;

/**
 * An expression came to no value: a missing key, an overflow, a division by zero. Logical operators
 * absorb it, as CEL says, so it is thrown often and carries no stack trace.
 */
public final class CelFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A failure in the words of cel-go, which clients know. */
  public CelFailure(String message) {
    super(message, null, false, false);
  }

  /** The failure of a call for whose arguments there is no function. */
  public static CelFailure noSuchOverload() {
    return new CelFailure("no such overload");
  }

  /** The failure to find a field or an entry. */
  public static CelFailure noSuchKey(Object key) {
    return new CelFailure("no such key: " + key);
  }

  /** What is said; never null, unlike that of other exceptions. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
