package io.kuber.container;

/** The machine refused something; the message says what, and what to do about it. */
public class ContainerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ContainerException(String message, Throwable cause) {
    super(message, cause);
  }

  public ContainerException(String message) {
    super(message);
  }
}
