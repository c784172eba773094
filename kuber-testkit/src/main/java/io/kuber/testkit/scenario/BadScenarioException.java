package io.kuber.testkit.scenario;

/** A scenario cannot be played; the message says all that is wrong, a line each. */
public final class BadScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadScenarioException(String message) {
    super(message);
  }
}
