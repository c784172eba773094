package io.kuber.store;

/** The store could not take or finish a command, for a reason that is not the command's. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean outcomeUnknown;
  private final boolean overload;

  /** {@code outcomeUnknown}: the command may have taken effect, read before trying again. */
  public StoreException(String message, boolean outcomeUnknown) {
    super(message);
    this.outcomeUnknown = outcomeUnknown;
    this.overload = false;
  }

  private StoreException(String message) {
    super(message);
    this.outcomeUnknown = false;
    this.overload = true;
  }

  /** More waits already than the store holds; nothing was taken, and a little later it may be. */
  public static StoreException overloaded(String message) {
    return new StoreException(message);
  }

  /** The same with the failure behind it. */
  public StoreException(String message, boolean outcomeUnknown, Throwable cause) {
    super(message, cause);
    this.outcomeUnknown = outcomeUnknown;
    this.overload = false;
  }

  /** The same for somebody who only read: whatever becomes of it, nothing has taken effect. */
  public StoreException ofReader() {
    return outcomeUnknown ? new StoreException(String.valueOf(getMessage()), false, this) : this;
  }

  /** Whether the command may have taken effect all the same. */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }

  /** Whether too much waits at the moment, so that trying again a little later helps. */
  public boolean isOverload() {
    return overload;
  }
}
