package io.kuber.node.image.registry;

import java.io.IOException;
import java.time.Duration;

/** A source of images said no, or something that makes no sense. */
public final class SourceException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final Duration pause;

  /** What kind of no. */
  public enum Kind {
    /** There is no such image. */
    ABSENT,
    /** Not for these credentials. */
    DENIED,
    /** Perhaps later. */
    BUSY,
    /** It does not keep to the protocol, or gives other content than it promised. */
    WRONG
  }

  public SourceException(Kind kind, String message) {
    this(kind, message, Duration.ZERO);
  }

  /** A no after which the source wants to be left alone for a while. */
  SourceException(Kind kind, String message, Duration pause) {
    super(message);
    this.kind = kind;
    this.pause = pause;
  }

  public Kind kind() {
    return kind;
  }

  /** How long the source asks to be left alone; zero when it does not. */
  public Duration pause() {
    return pause;
  }
}
