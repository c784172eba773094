package io.kuber.server.login;

/** The claims of a token do not make a user; the message says why, in words for its bearer. */
final class ClaimException extends Exception {
  private static final long serialVersionUID = 1;

  ClaimException(String message) {
    super(message);
  }

  /** What is wrong. */
  String why() {
    return String.valueOf(getMessage());
  }
}
