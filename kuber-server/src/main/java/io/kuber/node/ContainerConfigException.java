package io.kuber.node;

/**
 * A container cannot be started because something it refers to is missing or cannot be understood;
 * the message stands in the pod's status with reason {@code CreateContainerConfigError}.
 */
public final class ContainerConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** {@code message} names what is missing. */
  public ContainerConfigException(String message) {
    super(message, null, false, false);
  }
}
