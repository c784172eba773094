package io.kuber.testkit.node;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What the programs of one pod have written. For any thread. */
final class ProgramLog {
  /** Lines that are kept; the oldest are forgotten first. */
  static final int MAX_LINES = 10_000;

  private final Deque<Line> lines = new ArrayDeque<>();

  /** What was written when. */
  record Line(Instant at, String text) {}

  synchronized void add(Instant at, String text) {
    if (lines.size() == MAX_LINES) {
      lines.removeFirst();
    }
    lines.addLast(new Line(at, text));
  }

  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }
}
