package io.kuber.cli.output;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * A line per step with what it does and how long it took.
 *
 * <p>On a terminal the line of the step under way is live: it counts the seconds and is then
 * replaced. Elsewhere there is one plain line per finished step. One step runs at a time; its owner
 * is the thread that called {@link #run}.
 */
public final class Steps {
  private static final Duration REFRESH = Duration.ofMillis(100);
  private static final String CLEAR_LINE = "\r\u001b[2K";

  /** A line that is to be replaced must not go on in the next one: what is too much is cut off. */
  private static final String UNWRAPPED = CLEAR_LINE + "\u001b[?7l";

  private static final String WRAPPED = "\u001b[?7h";

  private final PrintStream out;
  private final boolean terminal;
  private volatile Supplier<String> beside = () -> "";

  /** Steps shown on {@code out}, which may be a {@code terminal}. */
  public Steps(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Steps on standard output, live when that is a terminal that can move its cursor. */
  public static Steps onStandardOutput() {
    String type = System.getenv("TERM");
    boolean moves = type != null && !type.equals("dumb") && System.getenv("NO_COLOR") == null;
    return new Steps(System.out, moves && isOutputTerminal());
  }

  /**
   * Whether descriptor 1 is a terminal. The JDK has no question for that: a console exists from JDK
   * 22 on without a terminal too, and before only when input is one as well.
   */
  private static boolean isOutputTerminal() {
    try {
      String target = Path.of("/proc/self/fd/1").toRealPath().toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** Does the step and returns what it returns. What it throws is thrown on, after its line. */
  public <T> T run(String doing, Callable<T> step) throws Exception {
    long start = System.nanoTime();
    Thread live = terminal ? startLive(doing, start) : null;
    boolean done = false;
    try {
      T result = step.call();
      done = true;
      return result;
    } finally {
      if (live != null) {
        live.interrupt();
        live.join();
      }
      finish(doing, done, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /** Whether lines can be replaced. */
  public boolean isTerminal() {
    return terminal;
  }

  /** What the live line of a step tells besides; asked on the thread that draws it. */
  public void beside(Supplier<String> text) {
    beside = text;
  }

  /** On a terminal, replaces the last line, which has to be one of this method. */
  public void live(String line) {
    out.print(UNWRAPPED + line + WRAPPED);
    out.flush();
  }

  /** Prints a line that is no step. */
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  private Thread startLive(String doing, long start) {
    Thread thread =
        new Thread(
            () -> {
              while (!Thread.interrupted()) {
                Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
                out.print(
                    UNWRAPPED
                        + "  \u001b[36m…\u001b[0m "
                        + columns(doing, elapsed)
                        + aside()
                        + WRAPPED);
                out.flush();
                try {
                  Thread.sleep(REFRESH.toMillis());
                } catch (InterruptedException e) {
                  return;
                }
              }
            },
            "live-line");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private String aside() {
    String text = beside.get();
    return text.isEmpty() ? "" : "  \u001b[2m" + text + "\u001b[0m";
  }

  private void finish(String doing, boolean done, Duration elapsed) {
    String mark = done ? "✓" : "✗";
    if (terminal) {
      mark = CLEAR_LINE + "  " + (done ? "\u001b[32m" : "\u001b[31m") + mark + "\u001b[0m ";
    } else {
      mark = "  " + mark + " ";
    }
    out.println(mark + columns(doing, elapsed));
    out.flush();
  }

  private static String columns(String doing, Duration elapsed) {
    return "%-56s %s".formatted(doing, text(elapsed));
  }

  private static String text(Duration elapsed) {
    long millis = elapsed.toMillis();
    return millis < 1000 ? millis + " ms" : "%.1f s".formatted(millis / 1000.0);
  }
}
