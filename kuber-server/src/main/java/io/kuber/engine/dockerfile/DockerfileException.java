package io.kuber.engine.dockerfile;

/** A Dockerfile says something that cannot be done; the message names the line. */
public final class DockerfileException extends Exception {
  private static final long serialVersionUID = 1;

  /** A mistake without a line, such as one of the whole file. */
  public DockerfileException(String message) {
    super(message);
  }

  /** A mistake in a line, counted from 1. */
  public DockerfileException(int line, String message) {
    super("dockerfile parse error line " + line + ": " + message);
  }
}
