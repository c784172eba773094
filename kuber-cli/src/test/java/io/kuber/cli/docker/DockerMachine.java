package io.kuber.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.cli.docker.TestEngine.Said;
import io.kuber.linux.Deletion;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For each test an engine of its own, and clients whose commands are given word by word. */
@SuppressWarnings("NullAway.Init") // Made before each test.
final class DockerMachine implements BeforeEachCallback, AfterEachCallback {
  /** An image that needs no registry. */
  static final String IMAGE = "kuber.io/host";

  /** The name of {@link #clients()} for tests that take one. */
  static final String CLIENTS = "io.kuber.cli.docker.DockerMachine#clients";

  private TestEngine engine;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    engine = TestEngine.open(Files.createTempDirectory("docker"));
  }

  /** Somebody who types commands. */
  sealed interface Client {}

  /** Docker's own. */
  record Docker(Path program) implements Client {
    @Override
    public String toString() {
      return program.toString();
    }
  }

  /** {@code kuber docker}. */
  record Own() implements Client {
    @Override
    public String toString() {
      return "kuber docker";
    }
  }

  /** Docker's own clients, and {@code kuber docker}. */
  static Stream<Client> clients() {
    return Stream.concat(TestEngine.clients().map(Docker::new), Stream.of(new Own()));
  }

  /** Runs a command to its end, without any input. */
  Said run(Client client, String... words) {
    if (client instanceof Own) {
      RecordedEngine.Ended ended =
          RecordedEngine.runAt(List.of("--data-dir", engine.directory().toString()), words);
      return new Said(ended.code(), ended.out() + ended.err());
    }
    return engine.run(new ProcessBuilder(line(client, words)));
  }

  private List<String> line(Client client, String... words) {
    List<String> line = new ArrayList<>(words(client));
    line.addAll(List.of(words));
    return line;
  }

  /** What a command writes that succeeds. */
  String says(Client client, String... words) {
    Said said = run(client, words);
    assertThat(said.code()).as("%s %s: %s", client, List.of(words), said.out()).isZero();
    return said.out();
  }

  /** The command line of a client as a process. */
  List<String> words(Client client) {
    if (client instanceof Docker docker) {
      return List.of(docker.program().toString());
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        "io.kuber.cli.KuberCommand",
        "docker",
        "--data-dir",
        engine.directory().toString());
  }

  /** A process that finds this engine. */
  ProcessBuilder prepare(ProcessBuilder builder) {
    return engine.prepare(builder);
  }

  /** A command of a client in a terminal of 30 rows and 100 columns. */
  TypedTerminal terminal(Client client, String... words) throws IOException {
    return TypedTerminal.open(engine.directory(), engine::prepare, line(client, words));
  }

  /** Where the engine and its socket are. */
  Path directory() {
    return engine.directory();
  }

  /** The network that its bridges are in. */
  TestNamespace network() {
    return engine.network();
  }

  /** The name of its control groups below that of all runtimes. */
  String instance() {
    return engine.instance();
  }

  /** Ends the engine, and opens it again. */
  void restart() {
    engine.restart();
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (engine == null) {
      return; // The test was skipped.
    }
    Own own = new Own();
    try {
      says(own, "ps", "-aq").lines().forEach(id -> says(own, "rm", "-f", "-v", id));
    } finally {
      engine.close();
    }
    Deletion.of(engine.directory());
  }
}
