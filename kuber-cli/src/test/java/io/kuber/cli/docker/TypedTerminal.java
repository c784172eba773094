package io.kuber.cli.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A command in a terminal, and somebody who types and reads there. The terminal is made by {@code
 * script} (Debian: bsdutils). Belongs to one thread.
 */
final class TypedTerminal implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  private final Process process;
  private final Path name;
  private final StringBuilder shown = new StringBuilder(); // Its own lock.
  private final Thread reader;

  private TypedTerminal(Process process, Path name) {
    this.process = process;
    this.name = name;
    this.reader = new Thread(this::read, "typed-terminal");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a command in a terminal of 30 rows and 100 columns.
   *
   * @param directory where the name of the terminal is kept
   * @param prepared what the command needs in its environment
   */
  static TypedTerminal open(
      Path directory, UnaryOperator<ProcessBuilder> prepared, List<String> words)
      throws IOException {
    assumeTrue(Files.isExecutable(SCRIPT), "needs script (Debian: bsdutils)");
    Path name = Files.createTempFile(directory, "terminal", "");
    String line =
        words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ", "exec ", ""));
    String whole = "stty rows 30 cols 100; tty > " + name + "; " + line;
    ProcessBuilder builder =
        prepared.apply(new ProcessBuilder(SCRIPT.toString(), "-qec", whole, "/dev/null"));
    return new TypedTerminal(builder.redirectErrorStream(true).start(), name);
  }

  private void read() {
    byte[] buffer = new byte[8192];
    try (InputStream in = process.getInputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        synchronized (shown) {
          shown.append(new String(buffer, 0, count, UTF_8));
          shown.notifyAll();
        }
      }
    } catch (IOException gone) {
      // The terminal is gone.
    }
    synchronized (shown) {
      shown.notifyAll();
    }
  }

  /** Types keys. */
  void type(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  /** Waits until the terminal shows a text, after what was awaited before, which it forgets. */
  void await(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    synchronized (shown) {
      while (shown.indexOf(text) < 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        assertThat(left > 0 && (reader.isAlive() || process.isAlive()))
            .as("shows '%s', not: %s", text, shown)
            .isTrue();
        shown.wait(Math.min(left, 200));
      }
      shown.delete(0, shown.indexOf(text) + text.length());
    }
  }

  /** Makes it as large as this, as somebody who draws at its window. */
  void resize(int rows, int columns) throws IOException, InterruptedException {
    Process stty =
        new ProcessBuilder(
                "stty",
                "-F",
                Files.readString(name).strip(),
                "rows",
                Integer.toString(rows),
                "cols",
                Integer.toString(columns))
            .start();
    assertThat(stty.waitFor()).isZero();
  }

  /** The exit code of the command, once it has ended. */
  int end() throws InterruptedException {
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
        .as("ends, and shows: %s", shown)
        .isTrue();
    return process.exitValue();
  }

  /** Ends the command if it still runs. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
