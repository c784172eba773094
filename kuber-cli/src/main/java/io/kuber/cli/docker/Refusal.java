package io.kuber.cli.docker;

/** The engine has refused what it was asked for. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String said;

  Refusal(int status, String said) {
    super("Error response from daemon: " + said, null, false, false);
    this.status = status;
    this.said = said;
  }

  /** The status of HTTP. */
  int status() {
    return status;
  }

  /** What the engine said, without anything before it. */
  String said() {
    return said;
  }

  boolean isAbsent() {
    return status == 404;
  }
}
