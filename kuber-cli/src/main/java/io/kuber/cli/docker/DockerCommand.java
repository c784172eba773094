package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One command of {@code kuber docker}: its flags, then what it does. */
abstract class DockerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  private @Nullable Docker docker;

  /** Does it and says the exit code. */
  abstract int run() throws IOException, InterruptedException;

  /** Whether what follows the first word that is no flag belongs to somebody else. */
  boolean endsFlagsAtFirstWord() {
    return false;
  }

  @Override
  public final Integer call() throws IOException, InterruptedException {
    return run();
  }

  /** This command, as part of a command line. */
  final DockerCommand of(Docker line) {
    docker = line;
    return this;
  }

  final Docker docker() {
    if (docker == null) {
      throw new IllegalStateException("a command outside of kuber docker");
    }
    return docker;
  }

  final Engine engine() {
    return docker().engine();
  }

  final InputStream in() {
    return docker().streams().in();
  }

  final PrintStream out() {
    return docker().streams().out();
  }

  final PrintStream err() {
    return docker().streams().err();
  }

  /** Refuses the command line as it was typed. */
  final ParameterException misused(String message) {
    CommandLine line = spec.commandLine();
    return new ParameterException(line, message);
  }

  /**
   * Asks before something is removed.
   *
   * @throws CommandFailure when nobody is there to answer
   */
  final boolean isSure(String warning) throws IOException {
    out().print("WARNING! " + warning + "\nAre you sure you want to continue? [y/N] ");
    out().flush();
    String answer = Lines.next(in()).strip();
    return answer.equals("y") || answer.equals("Y");
  }
}
