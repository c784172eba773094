package io.kuber.selector;

/** A selector that cannot be understood; the message is the one of Kubernetes. */
public final class InvalidSelectorException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** {@code message} is fit for the person who wrote the selector. */
  public InvalidSelectorException(String message) {
    super(message);
  }
}
