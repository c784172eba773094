package io.kuber.cli.output;

/** A command could not do what it was asked to; the message says why and what to do. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** {@code message} is fit for the person at the terminal. */
  public CommandFailure(String message) {
    super(message, null, false, false);
  }
}
