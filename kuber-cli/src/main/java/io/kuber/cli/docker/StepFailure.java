package io.kuber.cli.docker;

/** A command of a build has failed; the client ends as it did. */
final class StepFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;

  StepFailure(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** The exit code of the command. */
  int code() {
    return code;
  }
}
