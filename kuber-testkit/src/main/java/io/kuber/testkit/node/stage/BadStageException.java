package io.kuber.testkit.node.stage;

/** A stage makes no sense; the message says where and why. */
public final class BadStageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String field;
  private final String reason;

  /** All that is wrong with a file. */
  BadStageException(String mistakes) {
    this("", mistakes, mistakes);
  }

  /** What is wrong with a field. */
  BadStageException(String field, String reason) {
    this(field, reason, field + ": " + reason);
  }

  private BadStageException(String field, String reason, String message) {
    super(message);
    this.field = field;
    this.reason = reason;
  }

  /** The field of the stage; empty for a whole file. */
  String field() {
    return field;
  }

  /** What is wrong with it. */
  String reason() {
    return reason;
  }
}
