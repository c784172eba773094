package io.kuber.testkit.junit;

import io.kuber.testkit.history.History;
import io.kuber.testkit.history.Timeline;
import java.io.PrintStream;
import java.time.Instant;

/**
 * What happened in a cluster since a test began.
 *
 * @param mark of the history when it began
 * @param start the time then
 */
record Story(History history, long mark, Instant start) {
  static Story begin(History history) {
    return new Story(history, history.mark(), history.now());
  }

  /** Prints the last lines for whoever wants to know why the test has failed. */
  void print(PrintStream out, String test) {
    String lines =
        Timeline.of(history.since(mark)).since(start).ofTest().text(Timeline.LINES, isTerminal());
    String what = lines.isEmpty() ? "nothing that a test would see\n" : lines;
    out.print("What happened in " + test + ", which failed; times since it began:\n" + what);
  }

  /**
   * Colours are for people who look at a terminal and have not asked to be spared. JDK 22 to 24
   * have a console without a terminal too, and only reflection would tell: they get no colours.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    int java = Runtime.version().feature();
    return (java < 22 || java > 24)
        && System.console() != null
        && System.getenv("TERM") != null
        && System.getenv("NO_COLOR") == null;
  }
}
