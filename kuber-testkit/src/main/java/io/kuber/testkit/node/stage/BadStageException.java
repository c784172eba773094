package io.kuber.testkit.node.stage;

/** A stage makes no sense; the message says where and why. */
public final class BadStageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadStageException(String message) {
    super(message);
  }
}
