package io.kuber.cli.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.boot.ContainerEngine;
import io.kuber.boot.EnginePlace;
import io.kuber.cli.KuberCommand;
import io.kuber.container.HostCapabilities;
import io.kuber.container.linux.LinuxContainers;
import io.kuber.node.image.ImageLibrary;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * An engine in a place and a network of a test's own, and a shell where {@code docker} is a client
 * of it: Docker's own, or {@code kuber docker}.
 */
final class DockerBench implements AutoCloseable {
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final long LIMIT_SECONDS = 180;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Path directory;
  private final Path work;
  private final TestNamespace machine;
  private final ImageLibrary images;
  private final ContainerEngine engine;

  /** What a command has left: its exit code, and what it wrote. */
  record Said(int code, String out) {}

  private DockerBench(
      Path directory, TestNamespace machine, ImageLibrary images, ContainerEngine engine)
      throws IOException {
    this.directory = directory;
    this.work = Files.createDirectories(directory.resolve("work"));
    this.machine = machine;
    this.images = images;
    this.engine = engine;
  }

  /** The clients of {@code KUBER_DOCKERS}, and {@code kuber} for its own. */
  static Stream<String> clients() {
    String named = System.getenv().getOrDefault("KUBER_DOCKERS", "/usr/local/bin/docker");
    return Stream.concat(
        Stream.of(named.split(":", -1)).filter(each -> Files.isExecutable(Path.of(each))),
        Stream.of("kuber"));
  }

  /** Docker's own clients, or a reason to skip the test. */
  static Stream<String> dockers() {
    List<String> dockers = clients().filter(each -> !each.equals("kuber")).toList();
    assumeTrue(!dockers.isEmpty(), "no docker client: name some in KUBER_DOCKERS");
    return dockers.stream();
  }

  /** Opens an engine, or skips the test where there can be none. */
  static DockerBench open(Path directory, String client) throws IOException {
    HostCapabilities host = LinuxContainers.probe();
    assumeTrue(host.canRunContainers(), () -> "containers: " + host.obstacles());
    assumeTrue(Files.isExecutable(BUSYBOX), "needs /bin/busybox (Debian: busybox-static)");
    TestNamespace machine = TestNamespace.create();
    ImageLibrary images =
        machine.call(
            () ->
                ImageLibrary.open(
                    directory.resolve("images"), ImagePlaces.STANDARD, InstantSource.system()));
    String instance =
        "docker-bench-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    EnginePlace place =
        new EnginePlace(
            directory.resolve("engine"),
            directory.resolve("docker.sock"),
            directory.resolve("state"),
            instance);
    ContainerEngine engine =
        machine.call(() -> ContainerEngine.open(place, images, InstantSource.system()));
    Path bin = Files.createDirectories(directory.resolve("bin"));
    if (client.equals("kuber")) {
      kuber(bin.resolve("docker"));
    } else {
      Files.createSymbolicLink(bin.resolve("docker"), Path.of(client));
    }
    return new DockerBench(directory, machine, images, engine);
  }

  private static void kuber(Path script) throws IOException {
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec '%s' -Xshare:auto -XX:TieredStopAtLevel=1 -cp '%s' %s docker "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                KuberCommand.class.getName()));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Where commands are typed. */
  Path work() {
    return work;
  }

  /** A file where commands are typed, with the directories that it needs. */
  Path file(String name, String text) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    return Files.writeString(file, text);
  }

  /** Makes the image {@code busybox}: one program with many names, and a few users. */
  void busybox() throws IOException {
    Path context = Files.createDirectories(directory.resolve("busybox"));
    Files.copy(BUSYBOX, context.resolve("busybox"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(
        context.resolve("passwd"),
        "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n");
    Files.writeString(context.resolve("group"), "root:x:0:\nnobody:x:65534:\n");
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM scratch
        COPY busybox /bin/busybox
        COPY passwd group /etc/
        RUN ["/bin/busybox", "mkdir", "-p", "/tmp", "/root", "/usr/local/bin"]
        RUN ["/bin/busybox", "sh", "-c", "cd bin; for each in $(./busybox --list); \
          do [ $each = busybox ] || ./busybox ln -s busybox $each; done"]
        CMD ["sh"]
        """);
    says("docker build -q -t busybox " + context);
  }

  /** Types a line into a shell. */
  Said type(String line) {
    Path out = directory.resolve("said");
    try {
      Process process = machine.call(() -> start(line, out));
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
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

  private Process start(String line, Path out) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", line);
    builder.directory(work.toFile()).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("DOCKER_HOST", "unix://" + directory.resolve("docker.sock"));
    builder.environment().put("DOCKER_BUILDKIT", "0");
    builder.environment().put("DOCKER_CONFIG", directory.resolve("config").toString());
    return builder.start();
  }

  /** What a line says that succeeds. */
  String says(String line) {
    Said said = type(line);
    assertThat(said.code()).as("%s: %s", line, said.out()).isZero();
    return said.out();
  }

  /** What a line says that fails. */
  String fails(String line) {
    Said said = type(line);
    assertThat(said.code()).as("%s: %s", line, said.out()).isNotZero();
    return said.out();
  }

  /** The network of the machine. */
  TestNamespace machine() {
    return machine;
  }

  @Override
  public void close() throws IOException {
    try {
      says("for each in $(docker ps -aq); do docker rm -f -v $each; done");
    } finally {
      machine.call(
          () -> {
            engine.close();
            images.close();
            return directory;
          });
      List<String> links = machine.links();
      machine.close();
      assertThat(links).containsExactly("lo");
    }
  }
}
