package io.kuber.testkit.time;

/** A cluster did not come to the state that a test waits for; the message says what still moves. */
public final class NotSettledException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotSettledException(String message) {
    super(message);
  }
}
