package io.kuber.cel;

/** A text is no expression, or not one of the right types. */
public final class CelCompileException extends Exception {
  private static final long serialVersionUID = 1;

  CelCompileException(String message) {
    super(message);
  }

  /** What is wrong and where; lines as cel-go prints them. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
