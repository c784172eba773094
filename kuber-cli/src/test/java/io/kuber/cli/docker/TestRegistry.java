package io.kuber.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The registry that most people run, in the network of a test. */
final class TestRegistry implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final long LOOK_AGAIN_NANOS = 10_000_000;

  /** The network is the test's own. */
  private static final String ADDRESS = "127.0.0.1:5000";

  /** Of the password {@code secret}, as a registry keeps it. */
  private static final String HTPASSWD =
      "reader:$2b$04$EUnNKaQfd69aV/FGWUdEkeSxa8t20qJQ.oXE7WEiGIDxkcQQ3y87K\n";

  private final Process process;

  private TestRegistry(Process process) {
    this.process = process;
  }

  /** Everybody may push to it. */
  static TestRegistry open(TestNamespace machine, Path directory) throws IOException {
    return start(machine, directory, "");
  }

  /** It knows {@code reader} with the password {@code secret}. */
  static TestRegistry withPassword(TestNamespace machine, Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("htpasswd"), HTPASSWD);
    return start(machine, directory, "auth: {htpasswd: {realm: test, path: " + file + "}}");
  }

  private static TestRegistry start(TestNamespace machine, Path directory, String further)
      throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/docker-registry")),
        "Debian package docker-registry is missing");
    Path config =
        Files.writeString(
            directory.resolve("registry.yml"),
            """
            version: 0.1
            log: {level: error}
            storage: {filesystem: {rootdirectory: %s}}
            http: {addr: "%s"}
            %s
            """
                .formatted(directory.resolve("registry"), ADDRESS, further));
    ProcessBuilder command =
        new ProcessBuilder("docker-registry", "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("registry.log").toFile());
    TestRegistry registry = new TestRegistry(machine.call(command::start));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!machine.call(TestRegistry::answers)) {
      assertThat(registry.process.isAlive()).as("the registry runs").isTrue();
      assertThat(System.nanoTime()).as("out of patience").isLessThan(end);
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return registry;
  }

  private static boolean answers() {
    int colon = ADDRESS.indexOf(':');
    try (Socket socket =
        new Socket(ADDRESS.substring(0, colon), Integer.parseInt(ADDRESS.substring(colon + 1)))) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Where clients and the engine find it. */
  String address() {
    return ADDRESS;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
