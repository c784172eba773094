package io.kuber.cli.docker;

import io.kuber.linux.Syscalls;
import io.kuber.linux.Tty;
import java.util.Optional;

/** The terminal at which somebody sits, if there is one. */
final class Screen {
  private final boolean process;

  /** {@code process} says whether the command has the streams of the process. */
  Screen(boolean process) {
    this.process = process;
  }

  boolean isInput() {
    return process && tty(0).isThere();
  }

  boolean isOutput() {
    return process && tty(1).isThere();
  }

  boolean isError() {
    return process && tty(2).isThere();
  }

  /** How large it is, if it has a size. */
  Optional<Tty.Size> size() {
    return process ? tty(1).size().filter(size -> size.rows() > 0) : Optional.empty();
  }

  /** Hands over every key until closed, also when a signal ends the process; input is one. */
  Tty.Mode raw() {
    Tty.Mode mode = tty(0).raw();
    Runtime.getRuntime().addShutdownHook(new Thread(mode::close, "terminal"));
    return mode;
  }

  /** Does not show what is typed until closed; input is a terminal. */
  Tty.Mode silent() {
    return tty(0).silent();
  }

  private static Tty tty(int descriptor) {
    return new Tty(Syscalls.linux(), descriptor);
  }
}
