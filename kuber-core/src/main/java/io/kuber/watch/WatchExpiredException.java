package io.kuber.watch;

/**
 * The history does not reach back to where a watch wants to go on: it asked for too old a revision,
 * or read too slowly. The watcher has to list again (HTTP 410, reason {@code Expired}).
 */
public final class WatchExpiredException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long asked;
  private final long oldest;

  WatchExpiredException(long asked, long oldest) {
    super("too old resource version: " + asked + " (" + oldest + ")");
    this.asked = asked;
    this.oldest = oldest;
  }

  /** The revision behind which the watch wanted to go on. */
  public long asked() {
    return asked;
  }

  /** The oldest revision behind which a watch could still be opened. */
  public long oldest() {
    return oldest;
  }
}
