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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** An engine in a place and a network of a test's own, which leaves nothing behind. */
final class TestEngine implements AutoCloseable {
  private static final long LIMIT_SECONDS = 180;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Path directory;
  private final TestNamespace network;
  private final String instance;
  private final ImageLibrary images;
  private ContainerEngine engine;

  private TestEngine(Path directory, TestNamespace network) throws IOException {
    this.directory = directory;
    this.network = network;
    this.instance = "docker-test-" + ProcessHandle.current().pid() + "-" + NUMBER.getAndIncrement();
    this.images =
        ImageLibrary.open(
            directory.resolve("images"), ImagePlaces.STANDARD, InstantSource.system());
    this.engine = open();
  }

  /** Opens one below a directory, or skips the test where there can be none. */
  static TestEngine open(Path directory) {
    HostCapabilities host = LinuxContainers.probe();
    assumeTrue(host.canRunContainers(), () -> "containers: " + host.obstacles());
    TestNamespace network = TestNamespace.create();
    return network.call(() -> new TestEngine(directory, network));
  }

  private ContainerEngine open() throws IOException {
    return ContainerEngine.open(
        new EnginePlace(
            directory.resolve("engine"), socket(), directory.resolve("state"), instance),
        images,
        InstantSource.system());
  }

  private Path socket() {
    return EnginePlace.socketIn(directory);
  }

  /** Docker's own clients that {@code KUBER_DOCKERS} names (separated by colons) and are there. */
  static Stream<Path> clients() {
    String named = System.getenv().getOrDefault("KUBER_DOCKERS", "/usr/local/bin/docker");
    return Stream.of(named.split(":", -1)).map(Path::of).filter(Files::isExecutable);
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

  /** A process that finds this engine. */
  ProcessBuilder prepare(ProcessBuilder builder) {
    builder.environment().put("DOCKER_HOST", "unix://" + socket());
    builder.environment().put("DOCKER_BUILDKIT", "0");
    builder.environment().put("DOCKER_CONFIG", directory.resolve("config").toString());
    builder.environment().put("TERM", "xterm");
    return builder;
  }

  /** What a command has left: its exit code, and what it wrote to both of its streams. */
  record Said(int code, String out) {}

  /** Runs a command to its end, without any input. */
  Said run(ProcessBuilder builder) {
    try {
      Path out = Files.createTempFile(directory, "said", "");
      Process process =
          prepare(builder).redirectErrorStream(true).redirectOutput(out.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(builder.command() + " does not end: " + Files.readString(out));
      }
      return new Said(process.exitValue(), Files.readString(out, UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
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

  /** Ends the engine, whose containers have been removed, and looks whether it leaves anything. */
  @Override
  public void close() {
    try {
      network.call(
          () -> {
            engine.close();
            images.close();
            return directory;
          });
      assertThat(network.links()).containsExactly("lo");
      assertThat(socket()).doesNotExist();
      assertThat(directory.resolve("state")).doesNotExist();
    } finally {
      network.close();
    }
  }
}
