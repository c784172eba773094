package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.network.RoutedMachines;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Processes of the command on {@link RoutedMachines}: servers on the router and on machines, and a
 * node on each machine that joins. All end when this is closed.
 */
final class WorkerMachines implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final Path directory;
  private final RoutedMachines machines = new RoutedMachines();
  private int attempts;
  private final Map<String, Process> processes = new LinkedHashMap<>();

  WorkerMachines(Path directory) {
    this.directory = directory;
  }

  RoutedMachines machines() {
    return machines;
  }

  /** Names of nodes are those of places in this machine, which others might have, too. */
  static String name(int number) {
    return "worker-" + number + "-" + ProcessHandle.current().pid();
  }

  Path data(String name) {
    return directory.resolve(name);
  }

  /** What a process has said so far. */
  String said(String name) throws IOException {
    return Files.readString(directory.resolve(name + ".out"));
  }

  private ProcessBuilder kuber(String name, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KuberCommand.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(directory.resolve(name + ".out").toFile()));
  }

  /** Starts a server on the router. */
  void server(String... more) {
    server("server", machines.router(), RoutedMachines.ROUTER, more);
  }

  /** Starts a server on a machine, by the name {@code server-<number>}. */
  void server(int number, String... more) {
    String address = RoutedMachines.address(number).toString();
    server("server-" + number, machines.machine(number), address, more);
  }

  private void server(String name, TestNamespace where, String address, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "server", "--data-dir=" + data(name), "--name=" + name, "--address=" + address));
    arguments.addAll(List.of(more));
    start(name, where, arguments);
  }

  /** Starts the node of a machine. */
  void node(int number, String... more) {
    List<String> arguments = new ArrayList<>(List.of("node", "--data-dir=" + data(name(number))));
    arguments.addAll(List.of(more));
    start(name(number), machines.machine(number), arguments);
  }

  private void start(String name, TestNamespace where, List<String> arguments) {
    ProcessBuilder builder = kuber(name, arguments.toArray(String[]::new));
    processes.put(name, where.call(builder::start));
  }

  /** What a node says on a machine that cannot start; it has a directory to itself by default. */
  String attempted(int number, String... arguments) {
    try {
      String name = "attempt-" + attempts++;
      List<String> all = new ArrayList<>(List.of("node", "--data-dir=" + data(name)));
      if (List.of(arguments).stream().anyMatch(each -> each.startsWith("--data-dir"))) {
        all.remove(1);
      }
      all.addAll(List.of(arguments));
      return runs(machines.machine(number), name, all.toArray(String[]::new));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Runs a command on the router to its end, and returns what it said. */
  String runs(String name, String... arguments) throws Exception {
    return runs(machines.router(), name, arguments);
  }

  /** Runs a command on a machine to its end, and returns what it said. */
  String runs(TestNamespace where, String name, String... arguments) throws Exception {
    Files.deleteIfExists(directory.resolve(name + ".out"));
    Process process = where.call(kuber(name, arguments)::start);
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(() -> name).isTrue();
      return said(name);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Kills a process as a machine that loses its memory would. */
  void kill(String name) throws InterruptedException {
    Process process = processes.remove(name);
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Tells a process to end, and waits for that. */
  void stop(String name) throws InterruptedException {
    Process process = processes.remove(name);
    if (process != null) {
      process.destroy();
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(name).isTrue();
    }
  }

  /** Everything that was said, for the message of a test that failed. */
  String all() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : processes.keySet()) {
      all.append("--- ").append(name).append('\n').append(said(name));
    }
    return all.toString();
  }

  /** Nodes end before their server, since they tell it. */
  @Override
  public void close() throws IOException {
    List<Process> all = new ArrayList<>(processes.values());
    Collections.reverse(all);
    try {
      for (Process process : all) {
        process.destroy();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while processes end", e);
    } finally {
      machines.close();
    }
  }
}
