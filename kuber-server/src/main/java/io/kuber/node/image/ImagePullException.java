package io.kuber.node.image;

/** An image cannot be had; reason and message are fit for the pod's status. */
public final class ImagePullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why a container waits for its image (upstream pkg/kubelet/images/types.go). */
  public enum Reason {
    /** It could not be pulled; it is tried again after a while. */
    PULL("ErrImagePull"),
    /** It may not be pulled, and is not there. */
    NEVER_PULL("ErrImageNeverPull"),
    /** What the pod says is no name of an image. */
    INVALID_NAME("InvalidImageName");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** As clients read it. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** A failed pull. */
  public ImagePullException(String message) {
    this(Reason.PULL, message);
  }

  /** A failed pull and what made it fail. */
  public ImagePullException(String message, Throwable cause) {
    super(message, cause);
    this.reason = Reason.PULL;
  }

  public ImagePullException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
