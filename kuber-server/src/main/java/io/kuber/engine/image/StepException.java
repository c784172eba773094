package io.kuber.engine.image;

import java.io.IOException;

/** A command of a Dockerfile has failed. */
final class StepException extends IOException {
  private static final long serialVersionUID = 1;

  private final int code;

  StepException(String command, int code) {
    super("The command '" + command + "' returned a non-zero code: " + code);
    this.code = code;
  }

  int code() {
    return code;
  }
}
