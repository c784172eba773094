package io.kuber.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.engine.ContainerUse;
import io.kuber.engine.wire.ProgressLines;
import io.kuber.node.image.ImageLibrary;
import io.kuber.node.image.registry.Credentials;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.store.StoredImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Pushes to the registry that most people run, and pulls from it. */
@EnabledOnOs(OS.LINUX)
final class PushTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final long LOOK_AGAIN_NANOS = 10_000_000;

  /** Of the password {@code secret}, as a registry keeps it. */
  private static final String HTPASSWD =
      "reader:$2b$04$EUnNKaQfd69aV/FGWUdEkeSxa8t20qJQ.oXE7WEiGIDxkcQQ3y87K\n";

  @TempDir private Path directory;
  private int port;
  private Optional<Process> registry = Optional.empty();

  /** Nobody uses anything. */
  private static final class Unused implements ContainerUse {
    @Override
    public List<User> ofImage(String id) {
      return List.of();
    }

    @Override
    public List<User> ofVolume(String name) {
      return List.of();
    }

    @Override
    public List<User> ofNetwork(String name) {
      return List.of();
    }
  }

  private void start(String further) throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/docker-registry")),
        "Debian package docker-registry is missing");
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
            %s
            """
                .formatted(directory.resolve("registry"), port, further));
    Process started =
        new ProcessBuilder("docker-registry", "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("registry.log").toFile())
            .start();
    registry = Optional.of(started);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!answers()) {
      assertThat(started.isAlive()).as("the registry runs").isTrue();
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
    if (registry.isPresent()) {
      registry.get().destroy();
      assertThat(registry.get().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  private ImageLibrary library(String name) throws IOException {
    return ImageLibrary.open(
        directory.resolve(name), ImagePlaces.STANDARD, InstantSource.fixed(Instant.EPOCH));
  }

  private static Images images(ImageLibrary library) {
    return new Images(library, new Unused(), (type, action, id, attributes) -> {});
  }

  private static StoredImage make(Images images, ImageReference name) throws IOException {
    try (Workbench bench = new Workbench(images.stock())) {
      Workbench.Layer layer =
          bench.layer(
              out ->
                  new TarContent(new FileView(List.of()), 0)
                      .writeDirectory(List.of("a", "b"), out));
      return bench.image(
          Configs.platform().build(),
          List.of(layer),
          Optional.empty(),
          "",
          List.of(Names.stored(name)));
    }
  }

  private static String push(Images images, ImageReference name, List<Credentials> credentials)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ImagePush(images).run(name, credentials, new ProgressLines(out));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void pulledImageIsTheOneThatWasPushed() throws Exception {
    start("");
    ImageReference name = Names.parse("127.0.0.1:" + port + "/team/app:1");
    ImageReference other = Names.parse("127.0.0.1:" + port + "/team/other:1");
    try (ImageLibrary here = library("here");
        ImageLibrary there = library("there")) {
      Images mine = images(here);
      StoredImage made = make(mine, name);
      assertThat(push(mine, name, List.of())).contains("\"Pushed\"", "1: digest: sha256:");
      assertThat(push(mine, name, List.of())).contains("Layer already exists");
      mine.tag(mine.get(made.id().toString()), other);
      assertThat(push(mine, other, List.of())).contains("Mounted from team/app");

      Images theirs = images(there);
      ByteArrayOutputStream news = new ByteArrayOutputStream();
      ProgressLines lines = new ProgressLines(news);
      StoredImage pulled = new ImagePull(theirs).run(name, List.of(), () -> lines);
      assertThat(pulled.id()).isEqualTo(made.id());
      assertThat(theirs.provenance(pulled).orElseThrow().manifest())
          .isEqualTo(mine.provenance(made).orElseThrow().manifest());
      assertThat(news.toString(StandardCharsets.UTF_8))
          .contains("Pulling fs layer", "Pull complete", "Status: Downloaded newer image for ");
    }
  }

  @Test
  void asksForThePassword() throws Exception {
    Files.writeString(directory.resolve("htpasswd"), HTPASSWD);
    start("auth: {htpasswd: {realm: test, path: " + directory.resolve("htpasswd") + "}}");
    ImageReference name = Names.parse("127.0.0.1:" + port + "/team/app:1");
    try (ImageLibrary here = library("here")) {
      Images mine = images(here);
      make(mine, name);
      assertThatThrownBy(() -> push(mine, name, List.of())).hasMessageContaining("401");
      assertThat(push(mine, name, List.of(new Credentials("reader", "secret"))))
          .contains("1: digest: sha256:");
    }
  }
}
