package io.kuber.admission.policy;

/** A policy cannot be put into force as its binding wants. */
final class Misconfigured extends Exception {
  private static final long serialVersionUID = 1;

  Misconfigured(String message) {
    super(message, null, false, false);
  }

  /** The text, never null. */
  String text() {
    return String.valueOf(getMessage());
  }
}
