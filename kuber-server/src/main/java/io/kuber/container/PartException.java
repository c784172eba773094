package io.kuber.container;

/** The part of a mount's source that was asked for cannot be had, or leads out of the source. */
public final class PartException extends ContainerException {
  private static final long serialVersionUID = 1L;

  private final String target;
  private final boolean missing;

  /**
   * A refusal.
   *
   * @param target of the mount
   * @param missing whether the part was not there and could not be made
   */
  public PartException(String target, boolean missing, String message, Throwable cause) {
    super(message, cause);
    this.target = target;
    this.missing = missing;
  }

  /** Where in the container the part would have been mounted. */
  public String target() {
    return target;
  }

  /** Whether the part was not there and could not be made. */
  public boolean missing() {
    return missing;
  }
}
