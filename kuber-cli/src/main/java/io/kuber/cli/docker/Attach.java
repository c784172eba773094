package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.http.LocalSocketAnswer;
import io.kuber.object.Tree;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stays with a container that runs already. */
@Command(description = "Shows what a running container writes, and hands it what is typed.")
final class Attach extends DockerCommand {
  @Option(names = "--no-stdin", description = "hands it nothing")
  private boolean noInput;

  @Option(names = "--sig-proxy", arity = "1", description = "hands signals on (default: true)")
  private boolean signals = true;

  @Parameters(paramLabel = "CONTAINER", description = "a name or id")
  private String name = "";

  @Override
  int run() throws IOException {
    Tree found = engine().tree(Target.of("containers", name, "json"));
    if (!found.isTrue("State", "Running")) {
      throw new CommandFailure("You cannot attach to a stopped container, start it first");
    }
    if (found.isTrue("State", "Paused")) {
      throw new CommandFailure("You cannot attach to a paused container, unpause it first");
    }
    boolean input = !noInput && found.isTrue("Config", "OpenStdin");
    Running running = new Running(docker(), found.text("Id"), found.isTrue("Config", "Tty"), input);
    try (LocalSocketAnswer end = running.end("not-running");
        LocalSocketAnswer connection = running.connection()) {
      if (signals) {
        running.passSignals();
      }
      return running.stay(connection, end);
    }
  }
}
