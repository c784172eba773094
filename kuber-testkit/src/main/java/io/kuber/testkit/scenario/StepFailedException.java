package io.kuber.testkit.scenario;

/** A step did not come to what it should; the message says why. */
final class StepFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StepFailedException(String message) {
    super(message);
  }
}
