package io.kuber.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.boot.ContainerEngine;
import io.kuber.boot.EnginePlace;
import io.kuber.cli.docker.RecordedEngine.Ended;
import io.kuber.json.Json;
import io.kuber.node.image.ImageLibrary;
import io.kuber.node.image.layer.TarEntry;
import io.kuber.node.image.layer.TarWriter;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.network.TestNamespace;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial of the books with a real engine: from a first run to an image of one's own. */
final class KuberDockerTest {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  @TempDir private Path directory;

  private Ended docker(String... words) {
    return RecordedEngine.runAt(List.of("--data-dir", directory + "/data"), words);
  }

  @Test
  void containersAreRunListedEnteredAndMadeIntoImages() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "containers need root");
    assumeTrue(Files.isExecutable(BUSYBOX), "needs /bin/busybox (Debian: busybox-static)");
    layout();
    ImagePlaces places =
        new ImagePlaces(List.of(directory.resolve("layout")), Set.of(), Map.of(), Optional.empty());
    Path data = Files.createDirectory(directory.resolve("data"));
    try (TestNamespace machine = TestNamespace.create();
        ImageLibrary images =
            ImageLibrary.open(directory.resolve("images"), places, InstantSource.system());
        ContainerEngine engine = machine.call(() -> open(data, images))) {
      assertThat(engine).isNotNull();
      Ended first = docker("run", "--rm", "bb:1", "echo", "hello");
      assertThat(first.code()).as(first.err()).isZero();
      assertThat(first.out()).isEqualTo("hello\n");
      assertThat(first.err()).startsWith("Unable to find image 'bb:1' locally\n");
      Ended second = docker("run", "bb:1", "sh", "-c", "echo bad >&2; exit 3");
      assertThat(second).isEqualTo(new Ended(3, "", "bad\n"));
      assertThat(docker("ps", "-q").out()).isEmpty();
      assertThat(docker("ps", "-a", "--format", "{{.Status}}").out()).startsWith("Exited (3) ");
      assertThat(docker("run", "--rm", "bb:1", "nope").code()).isEqualTo(127);
      assertThat(docker("run", "-d", "--name", "web", "bb:1", "sleep", "1000").code()).isZero();
      assertThat(docker("run", "-d", "--name", "web", "bb:1").code()).isEqualTo(125);
      Ended entered = docker("exec", "web", "sh", "-c", "echo x > /made; exit 4");
      assertThat(entered.code()).isEqualTo(4);
      assertThat(docker("diff", "web").out()).contains("A /made\n");
      Ended made = docker("commit", "-c", "CMD [\"cat\", \"/made\"]", "web", "own:1");
      assertThat(made.out()).startsWith("sha256:");
      assertThat(docker("run", "--rm", "own:1").out()).isEqualTo("x\n");
      assertThat(docker("rm", "web").code()).isEqualTo(1);
      assertThat(docker("stop", "-t", "0", "web").out()).isEqualTo("web\n");
      assertThat(docker("exec", "web", "true").code()).isEqualTo(1);
      assertThat(docker("rm", "web").out()).isEqualTo("web\n");
      assertThat(docker("system", "prune", "-f").out()).startsWith("Deleted Containers:\n");
      assertThat(docker("ps", "-aq").out()).isEmpty();
    }
  }

  /** An engine in a place of its own, in the network of the calling thread. */
  private ContainerEngine open(Path data, ImageLibrary images) throws IOException {
    return ContainerEngine.open(
        new EnginePlace(
            directory.resolve("engine"),
            EnginePlace.socketIn(data),
            directory.resolve("state"),
            "kuber-docker-test-" + ProcessHandle.current().pid()),
        images,
        InstantSource.system());
  }

  /** An image of one program under the name bb:1. */
  private void layout() throws Exception {
    Path blobs = Files.createDirectories(directory.resolve("layout/bb/blobs/sha256"));
    Tree layer = blob(blobs, "layer.v1.tar", archive());
    Tree config =
        Tree.of(
            "architecture",
            System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64",
            "os",
            "linux",
            "config",
            Tree.of("Cmd", Items.of("sh"), "Env", Items.of("PATH=/bin")),
            "rootfs",
            Tree.of("type", "layers", "diff_ids", Items.of(layer.text("digest"))));
    Tree configured = blob(blobs, "config.v1+json", Json.print(config));
    Tree manifest = Tree.of("schemaVersion", 2L, "config", configured, "layers", Items.of(layer));
    Tree listed =
        blob(blobs, "manifest.v1+json", Json.print(manifest))
            .withAt("1", "annotations", "org.opencontainers.image.ref.name");
    Path root = directory.resolve("layout/bb");
    Files.writeString(root.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.write(
        root.resolve("index.json"),
        Json.print(Tree.of("schemaVersion", 2L, "manifests", Items.of(listed))));
  }

  private static Tree blob(Path blobs, String kind, byte[] bytes) throws Exception {
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Files.write(blobs.resolve(digest), bytes);
    String type =
        "application/vnd.oci.image." + (kind.startsWith("config") ? "config.v1+json" : kind);
    return Tree.of("mediaType", type, "digest", "sha256:" + digest, "size", (long) bytes.length);
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      byte[] program = Files.readAllBytes(BUSYBOX);
      tar.add(TarEntry.directory("bin", 0755, 0));
      for (String name : List.of("sh", "echo", "cat", "sleep", "true")) {
        tar.add(
            TarEntry.file("bin/" + name, 0755, program.length, 0),
            new ByteArrayInputStream(program));
      }
      tar.add(TarEntry.directory("etc", 0755, 0));
      tar.add(
          TarEntry.file("etc/passwd", 0644, 21, 0),
          new ByteArrayInputStream("root:x:0:0::/:/bin/sh".getBytes(StandardCharsets.UTF_8)));
    }
    return bytes.toByteArray();
  }
}
