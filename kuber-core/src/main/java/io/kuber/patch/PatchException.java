package io.kuber.patch;

/** A patch that cannot be applied; the message says which part of it, and why. */
public final class PatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** What kind of failure it is, which decides about the status code of the answer. */
  public enum Reason {
    /** The patch is not formed as its format asks for: answered with 400. */
    MALFORMED,
    /** The patch is well formed but does not fit the object: answered with 422. */
    UNAPPLICABLE,
    /** A test operation of a JSON patch found another value: answered with 422. */
    TEST_FAILED,
    /** The patch exceeds a limit: answered with 413. */
    TOO_LARGE
  }

  PatchException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What kind of failure it is. */
  public Reason reason() {
    return reason;
  }

  static PatchException malformed(String message) {
    return new PatchException(Reason.MALFORMED, message);
  }

  static PatchException unapplicable(String message) {
    return new PatchException(Reason.UNAPPLICABLE, message);
  }
}
