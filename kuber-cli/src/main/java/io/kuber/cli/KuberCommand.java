package io.kuber.cli;

import io.kuber.cli.command.Backup;
import io.kuber.cli.command.Certs;
import io.kuber.cli.command.Node;
import io.kuber.cli.command.Quickstart;
import io.kuber.cli.command.Restore;
import io.kuber.cli.command.Server;
import io.kuber.cli.command.Simulate;
import io.kuber.cli.command.Token;
import io.kuber.cli.command.Up;
import io.kuber.cli.docker.Docker;
import io.kuber.cli.output.CommandFailure;
import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: what it can do, and what becomes of failures. */
@Command(
    name = "kuber",
    description = "Kubernetes in Java.",
    mixinStandardHelpOptions = true,
    versionProvider = KuberVersion.class,
    subcommands = {
      Quickstart.class,
      Up.class,
      Docker.class,
      Simulate.class,
      Server.class,
      Node.class,
      Token.class,
      Certs.class,
      Backup.class,
      Restore.class
    })
public final class KuberCommand implements Runnable {
  /** Exit code of a command that could not do what it was asked to. */
  private static final int FAILED = 1;

  /** A library tells standard error which of its parts it has found; held, or it is forgotten. */
  private static final Logger TALKATIVE = Logger.getLogger("org.apache.ratis.thirdparty");

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    TALKATIVE.setLevel(Level.WARNING);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line =
        new CommandLine(new KuberCommand())
            .setExecutionExceptionHandler(
                (failure, command, result) -> {
                  report(command.getErr(), failure);
                  return FAILED;
                });
    Docker.endFlagsAtCommand(line);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do; try: kuber quickstart");
  }

  /** One line for a person; the stack trace only where nobody foresaw the failure. */
  private static void report(PrintWriter err, Exception failure) {
    if (failure instanceof CommandFailure) {
      err.println("kuber: " + failure.getMessage());
    } else {
      err.println("kuber: unexpected failure, please report it:");
      failure.printStackTrace(err);
    }
    err.flush();
  }
}
