package io.kuber.managed;

/** An object cannot be cut into fields as its type says, such as a list element without its key. */
final class MisfitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MisfitException(String message) {
    super(message, null, false, false);
  }

  /** The text, never null. */
  String text() {
    return String.valueOf(getMessage());
  }
}
