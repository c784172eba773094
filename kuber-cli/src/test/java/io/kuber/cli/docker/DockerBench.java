package io.kuber.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.cli.KuberCommand;
import io.kuber.cli.docker.TestEngine.Said;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An engine in a place and a network of a test's own, and a shell where {@code docker} is a client
 * of it: Docker's own, or {@code kuber docker}.
 */
final class DockerBench implements AutoCloseable {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private final TestEngine engine;
  private final Path work;

  private DockerBench(TestEngine engine) throws IOException {
    this.engine = engine;
    this.work = Files.createDirectories(engine.directory().resolve("work"));
  }

  /** Docker's own clients, and {@code kuber} for its own. */
  static Stream<String> clients() {
    return Stream.concat(TestEngine.clients().map(Path::toString), Stream.of("kuber"));
  }

  /** Docker's own clients, or a reason to skip the test. */
  static Stream<String> dockers() {
    List<String> dockers = TestEngine.clients().map(Path::toString).toList();
    assumeTrue(!dockers.isEmpty(), "no docker client: name some in KUBER_DOCKERS");
    return dockers.stream();
  }

  /** Opens an engine, or skips the test where there can be none. */
  static DockerBench open(Path directory, String client) throws IOException {
    assumeTrue(Files.isExecutable(BUSYBOX), "needs /bin/busybox (Debian: busybox-static)");
    Path bin = Files.createDirectories(directory.resolve("bin"));
    if (client.equals("kuber")) {
      kuber(bin.resolve("docker"));
    } else {
      Files.createSymbolicLink(bin.resolve("docker"), Path.of(client));
    }
    return new DockerBench(TestEngine.open(directory));
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
    Path context = Files.createDirectories(engine.directory().resolve("busybox"));
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

  /** Types a line into a shell, which is in the network of the engine. */
  Said type(String line) {
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", line).directory(work.toFile());
    String path = engine.directory().resolve("bin") + ":" + System.getenv("PATH");
    shell.environment().put("PATH", path);
    return engine.network().call(() -> engine.run(shell));
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
    return engine.network();
  }

  @Override
  public void close() {
    try {
      says("for each in $(docker ps -aq); do docker rm -f -v $each; done");
    } finally {
      engine.close();
    }
  }
}
