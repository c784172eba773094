package io.kuber.cli.docker;

import io.kuber.http.LocalSocketAnswer;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one more process in a running container. */
@Command(description = "Runs a command in a running container.")
final class Exec extends DockerCommand {
  @Option(
      names = {"-i", "--interactive"},
      description = "hands it what is typed")
  private boolean interactive;

  @Option(
      names = {"-t", "--tty"},
      description = "gives it a terminal")
  private boolean tty;

  @Option(
      names = {"-d", "--detach"},
      description = "leaves it alone")
  private boolean detached;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME=VALUE",
      description = "environment")
  private List<String> environment = new ArrayList<>();

  @Option(names = "--env-file", paramLabel = "FILE", description = "environment, a line each")
  private List<Path> environmentFiles = new ArrayList<>();

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER[:GROUP]",
      description = "who it runs as")
  private String user = "";

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "DIR",
      description = "working directory")
  private String directory = "";

  @Option(names = "--privileged", description = "all rights on the machine")
  private boolean privileged;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "a name or id")
  private String name = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "what to run")
  private List<String> command = new ArrayList<>();

  @Override
  boolean endsFlagsAtFirstWord() {
    return true;
  }

  @Override
  int run() throws IOException {
    boolean terminal = docker().streams().ofProcess();
    if (tty && interactive && !detached && terminal && !docker().screen().isInput()) {
      err().println("the input device is not a TTY");
      return 1;
    }
    String id = engine().post(Target.of("containers", name, "exec"), body()).text("Id");
    Tree start = Tree.of("Detach", detached, "Tty", tty);
    if (detached) {
      engine().post(Target.of("exec", id, "start"), start);
      return 0;
    }
    try (LocalSocketAnswer connection = engine().hijack(Target.of("exec", id, "start"), start)) {
      if (tty) {
        Attachment.followSize(docker(), Target.of("exec", id, "resize"));
      }
      if (new Attachment(docker(), connection, tty).copy(interactive)) {
        return 0;
      }
    }
    return (int) engine().tree(Target.of("exec", id, "json")).number(0, "ExitCode");
  }

  private Tree body() throws IOException {
    return Tree.of(
        "AttachStdin", interactive && !detached,
        "AttachStdout", !detached,
        "AttachStderr", !detached,
        "Tty", tty,
        "User", user,
        "Privileged", privileged,
        "WorkingDir", directory,
        "Env", Pairs.environment(environmentFiles, environment, System.getenv()),
        "Cmd", Items.copyOf(command));
  }
}
