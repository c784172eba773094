package io.kuber.node.image;

/** An image cannot be had; the message is fit for the pod's status. */
public final class ImagePullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ImagePullException(String message) {
    super(message);
  }

  public ImagePullException(String message, Throwable cause) {
    super(message, cause);
  }
}
