package io.kuber.node.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.node.image.layer.TestArchive;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The registry that most people run, and images that other programs made. */
@EnabledOnOs(OS.LINUX)
final class DockerRegistryTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final long PATIENCE_SECONDS = 60;
  private static final long LOOK_AGAIN_NANOS = 10_000_000;

  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private static final String DOCKERFILE =
      """
      FROM scratch
      MAINTAINER reader@example.com
      COPY busybox /bin/busybox
      COPY site/ /site/
      RUN ["/bin/busybox", "--install", "-s", "/bin"]
      RUN echo built > /made && mkdir /work && chown 1000:1001 /work
      ENV GREETING=hello
      WORKDIR /work
      USER 1000:1001
      EXPOSE 8080
      ENTRYPOINT ["/bin/sh", "-c"]
      CMD ["cat /made"]
      """;

  @TempDir private Path directory;
  private int port;
  private Process registry;

  @BeforeEach
  void start() throws IOException {
    for (String program : List.of("docker-registry", "skopeo", "buildah")) {
      assumeTrue(
          Files.isExecutable(Path.of("/usr/bin", program)),
          "Debian package " + program + " is missing");
    }
    assumeTrue(Files.isExecutable(BUSYBOX), "Debian package busybox-static is missing");
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "layers have owners, which only root sets");
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path config =
        Files.writeString(
            directory.resolve("config.yml"),
            """
            version: 0.1
            log: {level: error}
            storage: {filesystem: {rootdirectory: %s}}
            http: {addr: "127.0.0.1:%d"}
            """
                .formatted(directory.resolve("registry"), port));
    registry =
        new ProcessBuilder("docker-registry", "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("registry.log").toFile())
            .start();
    awaitPort();
  }

  private void awaitPort() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!answers()) {
      assertThat(registry.isAlive()).as("the registry runs").isTrue();
      assertThat(System.nanoTime()).as("out of patience").isLessThan(end);
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (registry != null) {
      registry.destroy();
      assertThat(registry.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void skopeo(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("skopeo", "--insecure-policy", "copy"));
    command.addAll(List.of(arguments));
    run(command);
  }

  /** Buildah with all that it keeps in the test's directory. */
  private void buildah(String verb, String... arguments) throws Exception {
    Path policy = directory.resolve("policy.json");
    Files.writeString(policy, "{\"default\": [{\"type\": \"insecureAcceptAnything\"}]}");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("buildah", "--root", directory.resolve("storage").toString()));
    command.addAll(List.of("--runroot", directory.resolve("running").toString()));
    command.addAll(List.of("--storage-driver", "vfs", verb));
    command.addAll(List.of("--signature-policy", policy.toString()));
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream output = process.getInputStream()) {
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    }
  }

  private String name(String rest) {
    return "127.0.0.1:" + port + "/" + rest;
  }

  @Test
  void pullsWhatSkopeoPushedInEveryForm() throws Exception {
    Tree config = Tree.of("Cmd", Items.of("/bin/hello"), "User", "7:8");
    Path layout = directory.resolve("layout");
    TestImage.of(
            config,
            new TestArchive().file("hello", "world").file("gone", "").directory("d/"),
            new TestArchive().file(".wh.gone", "").file("more", "x".repeat(100_000)))
        .writeLayout(layout, "1");
    String source = "oci:" + layout + ":1";
    String to = "--dest-tls-verify=false";
    skopeo(to, source, "docker://" + name("team/app:oci"));
    skopeo(to, "--format", "v2s2", source, "docker://" + name("team/app:docker"));
    skopeo(
        to,
        "--dest-compress-format",
        "zstd",
        "--dest-compress",
        source,
        "docker://" + name("zstd/app:1"));
    Path copied = directory.resolve("copied/team/app");
    Files.createDirectories(copied.getParent());
    skopeo(
        "--src-tls-verify=false", "docker://" + name("team/app:docker"), "oci:" + copied + ":back");

    ImagePlaces places = new ImagePlaces(List.of(directory.resolve("copied")), Set.of(), Map.of());
    try (ImageStore store = ImageStore.open(directory.resolve("images"), places, CLOCK)) {
      for (String reference :
          List.of(
              name("team/app:oci"), name("team/app:docker"), name("zstd/app:1"), "team/app:back")) {
        Image image = store.find(reference);
        assertThat(image.layers()).as(reference).hasSize(2);
        assertThat(image.layers().get(0).resolve("more")).hasContent("x".repeat(100_000));
        assertThat(image.layers().get(1).resolve("hello")).hasContent("world");
        assertThat(image.config().command()).containsExactly("/bin/hello");
        assertThat(image.config().user()).isEqualTo("7:8");
      }
      try (var layers = Files.list(directory.resolve("images/content/layers"))) {
        assertThat(layers).as("kept once, however they were packed").hasSize(2);
      }
    }
  }

  private Path context() throws IOException {
    Path context = Files.createDirectories(directory.resolve("context"));
    Files.copy(BUSYBOX, context.resolve("busybox"));
    Files.createDirectories(context.resolve("site/deep"));
    Files.writeString(context.resolve("site/deep/index.html"), "page");
    Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
    return context;
  }

  @Test
  void pullsWhatBuildahBuiltFromADockerfile() throws Exception {
    List<String> build =
        List.of("--isolation", "chroot", "--network", "host", "-t", "app:1", "" + context());
    buildah("build", build.toArray(String[]::new));
    buildah("push", "--tls-verify=false", "app:1", "docker://" + name("team/app:built"));
    Files.createDirectories(directory.resolve("layouts/team"));
    buildah("push", "app:1", "oci:" + directory.resolve("layouts/team/app") + ":built");

    ImagePlaces places = new ImagePlaces(List.of(directory.resolve("layouts")), Set.of(), Map.of());
    try (ImageStore store = ImageStore.open(directory.resolve("images"), places, CLOCK)) {
      for (String reference : List.of(name("team/app:built"), "team/app:built")) {
        Image image = store.find(reference);
        Path root = image.layers().get(0);
        assertThat(root.resolve("made")).hasContent("built");
        assertThat(root.resolve("site/deep/index.html")).hasContent("page");
        assertThat(Files.isSymbolicLink(root.resolve("bin/sh"))).isTrue();
        assertThat(Files.getAttribute(root.resolve("work"), "unix:uid")).isEqualTo(1000);
        assertThat(image.config().entrypoint()).containsExactly("/bin/sh", "-c");
        assertThat(image.config().command()).containsExactly("cat /made");
        assertThat(image.config().environment()).containsEntry("GREETING", "hello");
        assertThat(image.config().workingDirectory()).isEqualTo("/work");
        assertThat(image.config().user()).isEqualTo("1000:1001");
      }
    }
  }
}
