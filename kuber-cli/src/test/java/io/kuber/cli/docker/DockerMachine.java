package io.kuber.cli.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.boot.ContainerEngine;
import io.kuber.boot.EnginePlace;
import io.kuber.container.HostCapabilities;
import io.kuber.container.linux.LinuxContainers;
import io.kuber.node.image.ImageLibrary;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** An engine in a place and a network of its own, and clients that talk to it. */
final class DockerMachine implements AutoCloseable {
  /** An image that needs no registry. */
  static final String IMAGE = "kuber.io/host";

  private static final long LIMIT_SECONDS = 40;
  private static final AtomicInteger INSTANCES = new AtomicInteger();

  private final Path directory;
  private final TestNamespace network;
  private final ImageLibrary images;
  private final String instance;
  private ContainerEngine engine;

  private DockerMachine(Path directory, TestNamespace network) throws IOException {
    this.directory = directory;
    this.network = network;
    this.instance =
        "docker-test-" + ProcessHandle.current().pid() + "-" + INSTANCES.getAndIncrement();
    this.images =
        ImageLibrary.open(
            directory.resolve("images"), ImagePlaces.STANDARD, InstantSource.system());
    this.engine = open();
  }

  /** Opens one below a directory, or skips the test where there can be none. */
  static DockerMachine open(Path directory) {
    HostCapabilities host = LinuxContainers.probe();
    assumeTrue(host.canRunContainers(), () -> "containers: " + host.obstacles());
    TestNamespace network = TestNamespace.create();
    return network.call(() -> new DockerMachine(directory, network));
  }

  private ContainerEngine open() throws IOException {
    return ContainerEngine.open(
        new EnginePlace(
            directory.resolve("engine"),
            directory.resolve("docker.sock"),
            directory.resolve("state"),
            instance),
        images,
        InstantSource.system());
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

  /**
   * Docker's clients, as {@code KUBER_DOCKERS} names them (separated by colons), those that are
   * there; and {@code kuber docker}.
   */
  static Stream<Client> clients() {
    String named = System.getenv().getOrDefault("KUBER_DOCKERS", "/usr/local/bin/docker");
    Stream<Client> dockers =
        Stream.of(named.split(":", -1)).map(Path::of).filter(Files::isExecutable).map(Docker::new);
    return Stream.concat(dockers, Stream.of(new Own()));
  }

  /** What a command has left; both of its streams. */
  record Said(int code, String out) {}

  /** Runs a command to its end, without any input. */
  Said run(Client client, String... words) {
    if (client instanceof Own) {
      RecordedEngine.Ended ended =
          RecordedEngine.runAt(List.of("--data-dir", directory.toString()), words);
      return new Said(ended.code(), ended.out() + ended.err());
    }
    List<String> line = new ArrayList<>(words(client));
    line.addAll(List.of(words));
    try {
      Path out = Files.createTempFile(directory, "said", "");
      Process process =
          prepare(new ProcessBuilder(line))
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(line + " does not end: " + Files.readString(out));
      }
      return new Said(process.exitValue(), Files.readString(out, UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
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
        directory.toString());
  }

  /** A process that finds this engine. */
  ProcessBuilder prepare(ProcessBuilder builder) {
    builder.environment().put("DOCKER_HOST", "unix://" + directory.resolve("docker.sock"));
    builder.environment().put("DOCKER_BUILDKIT", "0");
    builder.environment().put("DOCKER_CONFIG", directory.resolve("config").toString());
    builder.environment().put("TERM", "xterm");
    return builder;
  }

  /** A command of a client in a terminal of 30 rows and 100 columns. */
  TypedTerminal terminal(Client client, String... words) throws IOException {
    List<String> line = new ArrayList<>(words(client));
    line.addAll(List.of(words));
    return TypedTerminal.open(this, directory, line);
  }

  Path directory() {
    return directory;
  }

  /** The network that its bridges are in. */
  TestNamespace network() {
    return network;
  }

  /** The name of its control groups below that of all runtimes. */
  String instance() {
    return instance;
  }

  /** Ends the engine, and opens it again. */
  void restart() {
    network.call(
        () -> {
          engine.close();
          engine = open();
          return engine;
        });
  }

  /** Removes all containers, and looks whether the engine leaves anything. */
  @Override
  public void close() throws IOException {
    try {
      Own own = new Own();
      says(own, "ps", "-aq").lines().forEach(id -> says(own, "rm", "-f", "-v", id));
      network.call(
          () -> {
            engine.close();
            images.close();
            return directory;
          });
      assertThat(network.links()).containsExactly("lo");
      assertThat(directory.resolve("docker.sock")).doesNotExist();
    } finally {
      network.close();
    }
  }
}
