package io.kuber.resource.custom;

/** Objects could not be converted: the webhook does not answer, or not as it should. */
public final class ConversionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what went wrong, for whoever wanted the objects. */
  public ConversionException(String message) {
    super(message);
  }
}
