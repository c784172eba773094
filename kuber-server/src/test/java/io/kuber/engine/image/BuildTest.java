package io.kuber.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.container.ContainerException;
import io.kuber.container.ContainerMount;
import io.kuber.container.OutputSink;
import io.kuber.container.ProcessSpec;
import io.kuber.engine.ContainerUse;
import io.kuber.engine.EngineException;
import io.kuber.engine.StepRunner;
import io.kuber.engine.wire.Errors;
import io.kuber.engine.wire.Filters;
import io.kuber.engine.wire.ProgressLines;
import io.kuber.engine.wire.Routes;
import io.kuber.http.UnixServer;
import io.kuber.http.UnixWire;
import io.kuber.node.image.ImageLibrary;
import io.kuber.node.image.layer.TarEntry;
import io.kuber.node.image.layer.TarWriter;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.image.registry.Keyring;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Tree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Images of Dockerfiles, with a runner that only writes down what it is to run. */
@EnabledOnOs(OS.LINUX)
final class BuildTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @TempDir private Path directory;
  private ImageLibrary library;
  private Images images;
  private Path context;
  private final List<String> ran = new ArrayList<>();
  private String said = "";

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

  /** Writes its command into the file {@code made}; {@code false} fails. */
  private final class Recorder implements StepRunner {
    @Override
    public <T> T run(
        List<Path> layers,
        List<ContainerMount> mounts,
        ProcessSpec process,
        String network,
        OutputSink output,
        Outcome<T> outcome)
        throws IOException {
      String command = String.join(" ", process.command());
      ran.add(command);
      output.accept(OutputSink.Stream.STDOUT, "running\n".getBytes(StandardCharsets.UTF_8));
      Path changes = Files.createDirectory(directory.resolve("changes-" + ran.size()));
      Files.writeString(changes.resolve("made"), command);
      return outcome.take(command.endsWith("false") ? 1 : 0, changes);
    }
  }

  @BeforeEach
  void open() throws IOException {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "layers have owners, which only root sets");
    library = ImageLibrary.open(directory.resolve("images"), ImagePlaces.STANDARD, CLOCK);
    images = new Images(library, new Unused(), (type, action, id, attributes) -> {});
    context = Files.createDirectories(directory.resolve("context"));
    Files.createDirectories(context.resolve("site/deep"));
    Files.writeString(context.resolve("site/deep/index.html"), "page");
    Files.writeString(context.resolve("left.log"), "log");
    Files.writeString(context.resolve(".dockerignore"), "*.log\n");
  }

  @AfterEach
  void close() {
    if (library != null) {
      library.close();
    }
  }

  private StoredImage build(String dockerfile, String... tags) throws Exception {
    Files.writeString(context.resolve("Dockerfile"), dockerfile);
    BuildRequest request =
        new BuildRequest(
            "Dockerfile",
            List.of(tags),
            Map.of("version", "7"),
            "",
            Map.of(),
            "bridge",
            true,
            false,
            false,
            Keyring.EMPTY);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbench bench = new Workbench(images.stock())) {
      return new Build(images, new Recorder(), bench, context, request, new ProgressLines(out))
          .run();
    } finally {
      said = out.toString(StandardCharsets.UTF_8);
    }
  }

  private Path file(StoredImage image, String path) throws IOException {
    return new FileView(images.stock().image(image, "x").layers())
        .find(FileView.parts(path))
        .orElseThrow();
  }

  @Test
  void tellsClientsOfAFailureThatNobodyExpected() throws Exception {
    StepRunner broken =
        new StepRunner() {
          @Override
          public <T> T run(
              List<Path> layers,
              List<ContainerMount> mounts,
              ProcessSpec process,
              String network,
              OutputSink output,
              Outcome<T> outcome) {
            throw new ContainerException("the kernel refuses");
          }
        };
    Routes routes = new Routes();
    new BuildEndpoints(images, broken).addTo(routes);
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    byte[] text = "FROM scratch\nRUN it\n".getBytes(StandardCharsets.UTF_8);
    try (TarWriter tar = new TarWriter(archive)) {
      tar.add(TarEntry.file("Dockerfile", 0644, text.length, 0), new ByteArrayInputStream(text));
    }
    try (UnixServer server = UnixServer.start(directory.resolve("s"), Errors.SHAPE, routes)) {
      assertThat(UnixWire.call(server.path(), "POST", "/build", archive.toByteArray()).body())
          .asString(StandardCharsets.UTF_8)
          .contains("\"errorDetail\"", "the kernel refuses");
    }
  }

  @Test
  void buildsStagesLayersAndConfiguration() throws Exception {
    StoredImage made =
        build(
            """
            FROM scratch AS first
            ARG version=1
            RUN make $version
            FROM scratch
            COPY --from=first /made /copied
            COPY --chown=7:8 site /www/
            COPY . /all/
            WORKDIR /work
            ENV A=b
            CMD ["x"]
            """,
            "app:1");

    assertThat(file(made, "/www/deep/index.html")).hasContent("page");
    assertThat(Files.getAttribute(file(made, "/www/deep/index.html"), "unix:uid")).isEqualTo(7);
    assertThat(file(made, "/copied")).hasContent("/bin/sh -c make $version");
    assertThatThrownBy(() -> file(made, "/all/left.log")).hasMessage("No value present");
    assertThat(made.workingDirectory()).isEqualTo("/work");
    assertThat(made.command()).containsExactly("x");
    assertThat(said)
        .contains("Step 3/10 : RUN make $version", "running", "Successfully tagged app:1");
    ImageJson json = new ImageJson(images);
    assertThat(new ImageList(images, json).list(false, Filters.NONE).size()).isEqualTo(1);
    assertThat(images.find("app:1").names()).containsExactly("app:1");
  }

  @Test
  void takesStepsFromTheCacheUntilSomethingChanges() throws Exception {
    String dockerfile = "FROM scratch\nRUN one\nCOPY site /site\nRUN two\n";
    StoredImage first = build(dockerfile);
    StoredImage second = build(dockerfile);

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(ran).containsExactly("/bin/sh -c one", "/bin/sh -c two");
    assertThat(said).contains("Using cache");
    Files.writeString(context.resolve("site/deep/index.html"), "other");
    build(dockerfile);
    assertThat(ran).containsExactly("/bin/sh -c one", "/bin/sh -c two", "/bin/sh -c two");
  }

  @Test
  void tellsTheExitCodeOfACommandThatFails() {
    assertThatThrownBy(() -> build("FROM scratch\nRUN false\n"))
        .isInstanceOf(StepException.class)
        .hasMessage("The command '/bin/sh -c false' returned a non-zero code: 1");
  }

  @Test
  void saysOfArchivesThatItCannotUnpackThem() throws Exception {
    byte[] xz = HexFormat.of().parseHex("fd377a585a000004");
    Files.write(context.resolve("a.tar.xz"), xz);
    assertThatThrownBy(() -> build("FROM scratch\nADD a.tar.xz /\n"))
        .hasMessageContaining("a.tar.xz: ADD unpacks tar alone and with gzip or zstd");
    StoredImage copied = build("FROM scratch\nCOPY a.tar.xz /\n");
    assertThat(file(copied, "/a.tar.xz")).hasBinaryContent(xz);
  }

  @Test
  void savedImagesLoadWithTheSameIdAndManifest() throws Exception {
    StoredImage made = build("FROM scratch\nCOPY site /site\nLABEL a=b\n", "app:1");
    byte[] manifest = images.provenance(made).orElseThrow().manifest();
    Path archive = directory.resolve("saved.tar");
    try (ImageSave save = new ImageSave(images, List.of("app:1"));
        var out = Files.newOutputStream(archive)) {
      save.writeTo(out);
    }
    List<Tree> lines = new Removal(images).remove("app:1", false, true);
    assertThat(lines.get(0).text("Untagged")).isEqualTo("app:1");
    assertThatThrownBy(() -> images.find("app:1"))
        .isInstanceOf(EngineException.class)
        .hasMessage("No such image: app:1");
    ByteArrayOutputStream news = new ByteArrayOutputStream();
    try (var in = Files.newInputStream(archive)) {
      ImageLoad.run(images, in, () -> new ProgressLines(news));
    }
    assertThat(news.toString(StandardCharsets.UTF_8)).contains("Loaded image: app:1");
    StoredImage loaded = images.get("app:1");
    assertThat(loaded.id()).isEqualTo(made.id());
    assertThat(images.provenance(loaded).orElseThrow().manifest()).isEqualTo(manifest);
    assertThat(file(loaded, "/site/deep/index.html")).hasContent("page");
  }
}
