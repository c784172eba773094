package io.kuber.node.probe;

import io.kuber.container.ContainerProcess;
import io.kuber.container.Exit;
import io.kuber.container.ProcessSpec;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks by a command in the container; its exit code counts (pkg/probe/exec). */
final class ExecProbe {
  /** Of what a failing command says, this much stands in the event. */
  private static final int MAX_OUTPUT = 1024;

  private ExecProbe() {}

  static ProbeResult ask(Tree exec, Target target, Duration timeout) throws IOException {
    List<String> words = exec.items("command").texts();
    ProcessSpec process = target.process();
    ProcessSpec command =
        new ProcessSpec(
            words, process.environment(), process.workingDirectory(), process.user(), false, false);
    try (ContainerProcess running = target.container().exec(command)) {
      Exit exit =
          running.exit().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return exit.code() == 0 ? ProbeResult.SUCCESS : ProbeResult.failure(output(running));
    } catch (TimeoutException e) {
      String line = String.join(" ", words);
      return ProbeResult.failure(
          "command timed out: \"%s\" timed out after %ds".formatted(line, timeout.toSeconds()));
    } catch (ExecutionException e) {
      return ProbeResult.failure(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ProbeResult.failure("interrupted");
    }
  }

  private static String output(ContainerProcess process) throws IOException {
    return read(process.stdout()) + read(process.stderr());
  }

  /** The process has ended, but one that it left behind may keep the stream open: do not wait. */
  private static String read(InputStream stream) throws IOException {
    int there = Math.min(stream.available(), MAX_OUTPUT);
    return new String(stream.readNBytes(there), StandardCharsets.UTF_8);
  }
}
