package io.kuber.container;

import java.util.List;
import java.util.Map;

/**
 * A process of a container: its first one, or one that joins later.
 *
 * @param command the program, looked up in {@code PATH} when it has no slash, and its arguments
 * @param environment all of its variables
 * @param workingDirectory an absolute path in the container
 * @param user whom it runs as
 * @param terminal whether its standard streams are a terminal
 * @param stdin whether it gets an input; without, it reads the end of the file at once
 * @param stdinStays whether that input outlives whoever writes to it; without, the end of the
 *     writer is its end
 * @param limits beyond which the kernel does not let it go; others are the machine's
 */
public record ProcessSpec(
    List<String> command,
    Map<String, String> environment,
    String workingDirectory,
    User user,
    boolean terminal,
    boolean stdin,
    boolean stdinStays,
    List<ProcessLimit> limits) {
  public ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    limits = List.copyOf(limits);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("a process needs a command");
    }
  }

  /** A process whose input ends with its writer. */
  public ProcessSpec(
      List<String> command,
      Map<String, String> environment,
      String workingDirectory,
      User user,
      boolean terminal,
      boolean stdin) {
    this(command, environment, workingDirectory, user, terminal, stdin, false, List.of());
  }

  /** A process of root in {@code /} without terminal and input, with the usual {@code PATH}. */
  public static ProcessSpec of(String... command) {
    Map<String, String> environment = Map.of("PATH", DEFAULT_PATH);
    return new ProcessSpec(List.of(command), environment, "/", User.ROOT, false, false);
  }

  /** Where programs are looked up when the environment does not say. */
  public static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  public ProcessSpec withEnvironment(Map<String, String> variables) {
    return new ProcessSpec(
        command, variables, workingDirectory, user, terminal, stdin, stdinStays, limits);
  }

  public ProcessSpec withWorkingDirectory(String directory) {
    return new ProcessSpec(
        command, environment, directory, user, terminal, stdin, stdinStays, limits);
  }

  public ProcessSpec withUser(User other) {
    return new ProcessSpec(
        command, environment, workingDirectory, other, terminal, stdin, stdinStays, limits);
  }

  public ProcessSpec withTerminal() {
    return new ProcessSpec(
        command, environment, workingDirectory, user, true, stdin, stdinStays, limits);
  }

  public ProcessSpec withStdin() {
    return new ProcessSpec(
        command, environment, workingDirectory, user, terminal, true, stdinStays, limits);
  }

  public ProcessSpec withStayingStdin() {
    return new ProcessSpec(
        command, environment, workingDirectory, user, terminal, true, true, limits);
  }

  public ProcessSpec withLimits(List<ProcessLimit> list) {
    return new ProcessSpec(
        command, environment, workingDirectory, user, terminal, stdin, stdinStays, list);
  }
}
