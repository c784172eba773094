package io.kuber.node.volume;

/** A volume cannot be made; the message stands in an event with reason {@code FailedMount}. */
public final class VolumeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** {@code message} names the volume and what is wrong with it. */
  public VolumeException(String message) {
    super(message, null, false, false);
  }
}
