package io.kuber.server.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How much an audit log tells of a request; each tells more than the one before. */
public enum Level {
  /** Nothing. */
  NONE("None"),
  /** Who, what, when and how it ended. */
  METADATA("Metadata"),
  /** And what was sent along. */
  REQUEST("Request"),
  /** And what was answered. */
  REQUEST_RESPONSE("RequestResponse");

  private final String text;

  Level(String text) {
    this.text = text;
  }

  /** As policies and events name it. */
  public String text() {
    return text;
  }

  /** Whether this tells all that the other one does. */
  public boolean covers(Level other) {
    return compareTo(other) >= 0;
  }

  static Optional<Level> of(String text) {
    return Arrays.stream(values()).filter(level -> level.text.equals(text)).findFirst();
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(Level::text).toList();
  }
}
