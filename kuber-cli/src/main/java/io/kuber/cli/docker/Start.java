package io.kuber.cli.docker;

import io.kuber.http.LocalSocketAnswer;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts containers again, or stays with one. */
@Command(description = "Starts containers that have ended.")
final class Start extends DockerCommand {
  @Option(
      names = {"-a", "--attach"},
      description = "shows what it writes")
  private boolean attach;

  @Option(
      names = {"-i", "--interactive"},
      description = "hands it what is typed")
  private boolean interactive;

  @Option(names = "--sig-proxy", arity = "1", description = "hands signals on (default: true)")
  private boolean signals = true;

  @Parameters(arity = "1..*", paramLabel = "CONTAINER", description = "names or ids")
  private List<String> names = new ArrayList<>();

  @Override
  int run() throws IOException {
    if (attach || interactive) {
      if (names.size() > 1) {
        throw misused("you cannot start and attach multiple containers at once");
      }
      return stay(names.get(0));
    }
    int code = 0;
    for (String name : names) {
      try {
        engine().post(Target.of("containers", name, "start"));
        out().println(name);
      } catch (Refusal e) {
        err().println(e.getMessage());
        code = 1;
      }
    }
    return code;
  }

  private int stay(String name) throws IOException {
    Tree found = engine().tree(Target.of("containers", name, "json"));
    boolean input = interactive && found.isTrue("Config", "OpenStdin");
    Running running = new Running(docker(), found.text("Id"), found.isTrue("Config", "Tty"), input);
    String condition = found.isTrue("HostConfig", "AutoRemove") ? "removed" : "next-exit";
    try (LocalSocketAnswer connection = running.connection();
        LocalSocketAnswer end = running.end(condition)) {
      if (signals) {
        running.passSignals();
      }
      running.start();
      return running.stay(connection, end);
    }
  }
}
