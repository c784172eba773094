package io.kuber.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A kubectl program with a cluster and a namespace to work in. */
final class Kubectl {
  /** How long a command waits for a condition in the cluster, as its flag has it. */
  private static final String PATIENCE = "--timeout=60s";

  /** Longer than {@link #PATIENCE}, so that kubectl itself says what it has waited for. */
  private static final long LIMIT_SECONDS = 90;

  private static final String DISCARDED = "Unknown stream id 1, discarding message";
  private static final int TOO_QUICK = 5;

  private final Path program;
  private final Path kubeconfig;
  private final Path directory;
  private final String namespace;
  private final Starter starter;

  /** What a command came to. */
  record Outcome(int code, String out, String err) {}

  /** A command under way, such as one that follows a log; closing it ends it. */
  record Running(Process process, Path output) implements AutoCloseable {
    /** Waits until what was written so far is as wanted, and returns it. */
    String until(Predicate<String> wanted) throws IOException {
      return Eventually.seen(() -> Files.readString(output), wanted);
    }

    /** Types something in. */
    void types(String text) throws IOException {
      process.getOutputStream().write(text.getBytes(UTF_8));
      process.getOutputStream().flush();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** Starts a program, where it can reach the cluster. */
  interface Starter {
    Process start(ProcessBuilder program) throws IOException;
  }

  Kubectl(Path program, Path kubeconfig, Path directory, String namespace) {
    this(program, kubeconfig, directory, namespace, ProcessBuilder::start);
  }

  Kubectl(Path program, Path kubeconfig, Path directory, String namespace, Starter starter) {
    this.starter = starter;
    this.program = program;
    this.kubeconfig = kubeconfig;
    this.directory = directory;
    this.namespace = namespace;
  }

  Path directory() {
    return directory;
  }

  String namespace() {
    return namespace;
  }

  /**
   * What this program prints, where it is not the same {@code older} and {@code newer} than 1.28.
   */
  String wording(String older, String newer) {
    return KubectlCluster.isNewer(program) ? newer : older;
  }

  /** Writes a file where commands find it by its name, which is returned. */
  String file(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
    return name;
  }

  /** Does the command and returns what it wrote; it has to succeed. */
  String does(String... arguments) throws IOException, InterruptedException {
    return doesWith("", arguments);
  }

  /** Does the command with {@code input} and returns what it wrote; it has to succeed. */
  String doesWith(String input, String... arguments) throws IOException, InterruptedException {
    Outcome outcome = tryWith(input, arguments);
    assertThat(outcome.code()).as("%s: %s", List.of(arguments), outcome).isZero();
    return outcome.out();
  }

  /** Does a command that has to fail and returns what it complained about. */
  String failsWith(String input, String... arguments) throws IOException, InterruptedException {
    Outcome outcome = tryWith(input, arguments);
    assertThat(outcome.code()).as("%s: %s", List.of(arguments), outcome).isNotZero();
    return outcome.err();
  }

  /**
   * Does a command and returns what it came to. kubectl reads from a WebSocket before it has made
   * the streams for what it reads (client-go, tools/remotecommand/websocket.go), and says so when
   * it has thrown an answer away that was too quick for it; it is asked again then.
   */
  Outcome tryWith(String input, String... arguments) throws IOException, InterruptedException {
    Outcome outcome = run(command(arguments), input);
    for (int i = 0; i < TOO_QUICK && outcome.err().contains(DISCARDED); i++) {
      outcome = run(command(arguments), input);
    }
    return outcome;
  }

  /** Applies what YAML says. */
  void applies(String yaml) throws IOException, InterruptedException {
    doesWith(yaml, "apply", "-f", "-");
  }

  /** What a path of jsonpath leads to in an object. */
  String field(String object, String path) throws IOException, InterruptedException {
    return does("get", object, "-o", "jsonpath=" + path);
  }

  /** Waits until a field of an object is as wanted, and returns it. */
  String awaitsField(String object, String path, Predicate<String> wanted) throws IOException {
    return until(wanted, "get", object, "-o", "jsonpath=" + path);
  }

  /** What a script of the shell writes in a container, which it has to end well in. */
  String shell(String pod, String container, String script)
      throws IOException, InterruptedException {
    return does("exec", pod, "-c", container, "--", "sh", "-c", script).strip();
  }

  /** Edits an object with a script of sed(1) as the editor, and returns what was said of it. */
  String edits(String script, String... object) throws IOException, InterruptedException {
    file("edit.sed", script);
    List<String> command = new ArrayList<>(List.of("edit"));
    command.addAll(List.of(object));
    Outcome edited = tryWith("", command.toArray(String[]::new));
    assertThat(edited.code()).as("%s: %s", command, edited).isZero();
    return edited.out() + edited.err();
  }

  /** Repeats a command until it succeeds and what it writes is as wanted. */
  String until(Predicate<String> wanted, String... arguments) throws IOException {
    return Eventually.seen(() -> tryWith("", arguments).out(), wanted);
  }

  /** Waits until the objects that are named meet the condition. */
  void awaits(String condition, String objects) throws IOException, InterruptedException {
    does("wait", "--for=condition=" + condition, PATIENCE, objects);
  }

  /** Does a command on a terminal of its own; script(1) makes the terminal. */
  Outcome onTerminal(String arguments) throws IOException, InterruptedException {
    return onTerminalWith("", arguments);
  }

  /** The same with {@code typed} on the keyboard. */
  Outcome onTerminalWith(String typed, String arguments) throws IOException, InterruptedException {
    String line = String.join(" ", command()) + " " + arguments;
    return run(List.of("/usr/bin/script", "-qec", line, "/dev/null"), typed);
  }

  /** Starts a command that goes on until it is closed. */
  Running begins(String... arguments) throws IOException {
    Path output = Files.createTempFile(directory, "running", ".out");
    ProcessBuilder builder = prepared(command(arguments), output);
    return new Running(starter.start(builder.redirectErrorStream(true)), output);
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString(), "-n", namespace));
    command.addAll(List.of(arguments));
    return command;
  }

  private Outcome run(List<String> command, String input) throws IOException, InterruptedException {
    Path in = Files.writeString(Files.createTempFile(directory, "command", ".in"), input);
    Path out = Files.createTempFile(directory, "command", ".out");
    Path err = Files.createTempFile(directory, "command", ".err");
    Process process =
        starter.start(
            prepared(command, out).redirectInput(in.toFile()).redirectError(err.toFile()));
    try {
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(ended).as("%s ended within %s s", command, LIMIT_SECONDS).isTrue();
      return new Outcome(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }

  private ProcessBuilder prepared(List<String> command, Path out) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectOutput(out.toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("HOME", directory.toString());
    // Collecting garbage costs a program that ends in 0.1 s a quarter of its time.
    builder.environment().put("GOGC", "off");
    builder.environment().put("KUBE_EDITOR", "sed -i -f " + directory.resolve("edit.sed"));
    return builder;
  }
}
