package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.http.LocalSocketAnswer;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a container, starts it and stays with it; its exit code is the command's. */
@Command(description = "Makes a container of an image and starts it.")
final class Run extends DockerCommand {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  /** Exit codes of what could not be run (docker/cli, command/container/run.go). */
  private static final int FAILED = 125;

  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  @Option(
      names = {"-d", "--detach"},
      description = "leaves it alone and prints its id")
  private boolean detached;

  @Option(names = "--sig-proxy", arity = "1", description = "hands signals on (default: true)")
  private boolean signals = true;

  @Mixin private ContainerFlags container = new ContainerFlags();

  @Override
  boolean endsFlagsAtFirstWord() {
    return true;
  }

  @Override
  int run() throws IOException {
    boolean tty = container.process().isTty();
    boolean input = container.process().isInteractive();
    if (tty
        && input
        && !detached
        && docker().streams().ofProcess()
        && !docker().screen().isInput()) {
      err().println("the input device is not a TTY");
      return 1;
    }
    String id;
    try {
      id = container.create(docker(), container.body(!detached));
    } catch (Refusal | CommandFailure e) {
      return failed(e.getMessage() + "", FAILED);
    }
    Running running = new Running(docker(), id, tty, input);
    try {
      return detached ? leave(running, id) : stay(running);
    } catch (Refusal e) {
      tidy(id);
      return failed(e.getMessage() + "", code(e.said()));
    }
  }

  private int leave(Running running, String id) throws IOException {
    running.start();
    out().println(id);
    return 0;
  }

  private int stay(Running running) throws IOException {
    try (LocalSocketAnswer connection = running.connection();
        LocalSocketAnswer end = running.end(container.isRemoved() ? "removed" : "next-exit")) {
      if (signals) {
        running.passSignals();
      }
      running.start();
      return running.stay(connection, end);
    }
  }

  /** A container that could not start is not to stay behind when nobody wants it afterwards. */
  private void tidy(String id) throws IOException {
    if (container.isRemoved()) {
      try {
        engine().delete(Target.of("containers", id).with("force", true).with("v", true));
      } catch (Refusal e) {
        LOG.debug("gone already: {}", e.getMessage());
      }
    }
  }

  private int failed(String message, int code) {
    err().println("docker: " + message);
    err().println();
    err().println("Run 'kuber docker run --help' for more information");
    return code;
  }

  /** By what the engine says of why it did not start. */
  static int code(String said) {
    String text = said.toLowerCase(Locale.ROOT);
    if (text.contains("executable file not found")
        || text.contains("no such file or directory")
        || text.contains("system cannot find the file specified")) {
      return NOT_FOUND;
    }
    return text.contains("permission denied") || text.contains("not a directory")
        ? NOT_EXECUTABLE
        : FAILED;
  }
}
