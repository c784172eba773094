package io.kuber.api;

import java.util.List;

/**
 * What to run in a container and which of its streams the client wants.
 *
 * @param command the program and its arguments; empty for attach
 * @param tty whether the process gets a terminal, on which stderr arrives as stdout
 */
public record ExecOptions(
    List<String> command, boolean stdin, boolean stdout, boolean stderr, boolean tty) {
  /** Copies the command. */
  public ExecOptions {
    command = List.copyOf(command);
  }
}
