package io.kuber.node.volume;

import java.io.IOException;

/** A volume cannot be made; the message stands in an event with reason {@code FailedMount}. */
public final class VolumeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final String SET_UP = "SetUp";

  private final String step;

  /** {@code message} says what is wrong, in the words of the kubelet where it has some. */
  public VolumeException(String message) {
    this(SET_UP, message);
  }

  /** {@code step} of mounting that went wrong, as the kubelet names it. */
  VolumeException(String step, String message) {
    super(message, null, false, false);
    this.step = step;
  }

  /** The message of a volume that could not be made, as the kubelet's event has it. */
  static VolumeException of(String volume, Exception cause) {
    String step = cause instanceof VolumeException own ? own.step : SET_UP;
    String why = cause instanceof IOException ? cause.toString() : text(cause);
    return new VolumeException(
        "MountVolume." + step + " failed for volume \"" + volume + "\" : " + why);
  }

  private static String text(Exception cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
