package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Docker's commands, for the engine of {@code kuber up} or any other.
 *
 * <p>Only the command that is typed is looked at: describing all of them to picocli would slow down
 * every other command of {@code kuber}.
 */
@Command(
    name = "docker",
    description = "Builds images and runs containers, as Docker's command does.")
public final class Docker implements Callable<Integer> {
  /** Exit code of a command line that cannot be (docker/cli, cli/cobra.go). */
  private static final int MISUSED = 125;

  @Option(
      names = {"-H", "--host"},
      paramLabel = "unix://SOCKET",
      description = "the engine (default: DOCKER_HOST, else that of --data-dir)")
  private @Nullable String host;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "data directory of the kuber up of this machine (default: ~/.kuber)")
  private @Nullable Path dataDirectory;

  @Option(
      names = {"-v", "--version"},
      description = "shows the version of the client")
  private boolean version;

  @Option(names = "--help", description = "shows the commands")
  private boolean help;

  @Parameters(paramLabel = "COMMAND", description = "with its flags")
  private List<String> words = new ArrayList<>();

  private final Streams streams;

  /** For the process's own streams. */
  public Docker() {
    this(Streams.own());
  }

  Docker(Streams streams) {
    this.streams = streams;
  }

  /** Tells the parsers of a whole command line where the flags of these commands begin. */
  public static void endFlagsAtCommand(CommandLine line) {
    if (line.getCommand() instanceof Docker) {
      line.setStopAtPositional(true);
    }
    line.getSubcommands().values().forEach(Docker::endFlagsAtCommand);
  }

  Streams streams() {
    return streams;
  }

  Screen screen() {
    return new Screen(streams.ofProcess());
  }

  Engine engine() {
    return new Engine(socket());
  }

  /** Where an engine of this machine keeps what it has. */
  Path dataDirectory() {
    return EngineSocket.directory(Optional.ofNullable(dataDirectory));
  }

  private Path socket() {
    return EngineSocket.socket(
        Optional.ofNullable(host),
        Optional.ofNullable(dataDirectory),
        Optional.ofNullable(System.getenv("DOCKER_HOST")));
  }

  @Override
  public Integer call() {
    if (version) {
      streams.out().println("kuber docker, speaks Engine API 1.41");
      return 0;
    }
    if (help || words.isEmpty()) {
      Commands.help().forEach(streams.out()::println);
      return 0;
    }
    Optional<Commands.Found> found = Commands.find(words);
    if (found.isEmpty()) {
      return unknown();
    }
    return execute(found.get());
  }

  private int unknown() {
    List<String> group = Commands.group(words.get(0));
    if (group.isEmpty()) {
      streams.err().println("kuber docker: '" + words.get(0) + "' is not a docker command.");
      streams.err().println("See 'kuber docker --help'");
      return 1;
    }
    boolean asked = words.size() == 1 || words.get(1).equals("--help");
    group.forEach((asked ? streams.out() : streams.err())::println);
    return asked ? 0 : 1;
  }

  private int execute(Commands.Found found) {
    DockerCommand command = found.command().of(this);
    CommandLine line = line(found.name(), command);
    List<String> plain =
        Switches.plain(line.getCommandSpec(), found.rest(), command.endsFlagsAtFirstWord());
    return line.execute(plain.toArray(new String[0]));
  }

  private CommandLine line(String name, DockerCommand command) {
    CommandLine line = new CommandLine(command).setCommandName("kuber docker " + name);
    line.getCommandSpec()
        .addOption(OptionSpec.builder("--help").usageHelp(true).description("shows this").build());
    line.setExpandAtFiles(false);
    line.setStopAtPositional(command.endsFlagsAtFirstWord());
    line.setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(
        (e, arguments) -> {
          streams.err().println(name + ": " + e.getMessage());
          streams.err().println("See 'kuber docker " + name + " --help'.");
          return e instanceof MissingParameterException ? 1 : MISUSED;
        });
    line.setExecutionExceptionHandler((e, failed, result) -> report(e));
    return line;
  }

  private int report(Exception e) throws Exception {
    if (e instanceof StepFailure failed) {
      streams.err().println(e.getMessage());
      return failed.code();
    }
    if (e instanceof Refusal || e instanceof CommandFailure) {
      streams.err().println(e.getMessage());
      return 1;
    }
    if (e instanceof IOException) {
      String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      streams.err().println("kuber docker: " + said);
      return 1;
    }
    throw e;
  }
}
