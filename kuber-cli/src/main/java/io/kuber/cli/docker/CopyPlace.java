package io.kuber.cli.docker;

/**
 * A source or target of {@code cp}.
 *
 * @param container empty for this machine
 * @param path {@code -} for a stream
 */
record CopyPlace(String container, String path) {
  /** A colon divides a container from a path, unless what is before it is a path itself. */
  static CopyPlace of(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0 || text.startsWith("/") || text.startsWith(".")) {
      return new CopyPlace("", text);
    }
    String path = text.substring(colon + 1);
    return new CopyPlace(text.substring(0, colon), path.startsWith("/") ? path : "/" + path);
  }

  boolean isInside() {
    return !container.isEmpty();
  }

  boolean isStream() {
    return !isInside() && path.equals("-");
  }
}
