package io.kuber.testkit.history;

import java.time.Instant;

/**
 * One line of a timeline.
 *
 * @param label what kind of thing happened, in one word
 */
record Line(Instant at, Tone tone, String label, String text) {
  /** What a line feels like; on a terminal, its colour. */
  enum Tone {
    CALM(""),
    GOOD("\u001b[32m"),
    MOVING("\u001b[33m"),
    BAD("\u001b[31m");

    /** Ends every colour. */
    static final String END = "\u001b[0m";

    private final String start;

    Tone(String start) {
      this.start = start;
    }

    String paint(String text) {
      return start.isEmpty() ? text : start + text + END;
    }
  }

  /** Whether the other says the same, at whatever time. */
  boolean saysAs(Line other) {
    return label.equals(other.label) && text.equals(other.text);
  }

  /** The same line for several that said so. */
  Line times(int count) {
    return count == 1 ? this : new Line(at, tone, label, text + " (" + count + " times)");
  }
}
