package io.kuber.boot;

/**
 * Something that the person who starts kuber can mend keeps it from starting; the message is one
 * line that says what is wrong and what to do.
 */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1;

  /** {@code message} is fit for the person at the terminal. */
  public StartException(String message) {
    super(message, null, false, false);
  }
}
