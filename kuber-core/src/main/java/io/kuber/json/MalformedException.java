package io.kuber.json;

/** Input is not what its format asks for; the message says what and where. */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** {@code message} is fit for the person who wrote the input. */
  public MalformedException(String message) {
    super(message);
  }
}
