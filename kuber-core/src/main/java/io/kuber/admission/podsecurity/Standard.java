package io.kuber.admission.podsecurity;

/** One standard in one version, such as {@code baseline:v1.30}. */
record Standard(Level level, StandardVersion version) {
  static final Standard PRIVILEGED = new Standard(Level.PRIVILEGED, StandardVersion.LATEST);

  /** Whether it forbids nothing. */
  boolean isOpen() {
    return level == Level.PRIVILEGED;
  }

  Standard with(Level other) {
    return new Standard(other, version);
  }

  Standard with(StandardVersion other) {
    return new Standard(level, other);
  }

  String text() {
    return level.text() + ":" + version.text();
  }
}
