package io.kuber.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands of the machine that the tests run on. */
final class Shell {
  private static final int MAX_SECONDS = 60;

  private Shell() {}

  /** Whether this process may make namespaces and mounts. */
  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Runs a command and returns what it printed; fails when the command does. */
  static String run(String... command) {
    Result result = attempt(command);
    if (result.status != 0) {
      throw new AssertionError(
          String.join(" ", command) + " ended with " + result.status + ": " + result.output);
    }
    return result.output;
  }

  /** Runs a command that may fail, because what it removes may be gone already. */
  static Result attempt(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(List.of(command) + " hangs");
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  record Result(int status, String output) {}
}
