package io.kuber.store;

/** The store could not take or finish a command, for a reason that is not the command's. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean outcomeUnknown;

  /** {@code outcomeUnknown}: the command may have taken effect, read before trying again. */
  public StoreException(String message, boolean outcomeUnknown) {
    super(message);
    this.outcomeUnknown = outcomeUnknown;
  }

  /** The same with the failure behind it. */
  public StoreException(String message, boolean outcomeUnknown, Throwable cause) {
    super(message, cause);
    this.outcomeUnknown = outcomeUnknown;
  }

  /** Whether the command may have taken effect all the same. */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}
