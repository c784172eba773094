package io.kuber.server.join;

/** Joining failed; the message is fit for whoever pasted the token, and says what to do. */
public final class JoinException extends Exception {
  private static final long serialVersionUID = 1;

  /** One with that message. */
  public JoinException(String message) {
    super(message, null, false, false);
  }
}
