package io.kuber.managed;

import java.util.Optional;

/** How a manager came to own fields. */
public enum Operation {
  /** By server-side apply. */
  APPLY("Apply"),
  /** By any other write. */
  UPDATE("Update");

  private final String text;

  Operation(String text) {
    this.text = text;
  }

  /** The word in {@code metadata.managedFields}. */
  public String text() {
    return text;
  }

  /** The operation of that word. */
  static Optional<Operation> of(String text) {
    return text.equals(APPLY.text)
        ? Optional.of(APPLY)
        : text.equals(UPDATE.text) ? Optional.of(UPDATE) : Optional.empty();
  }
}
