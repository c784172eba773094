package io.kuber.node.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.json.Json;
import io.kuber.node.image.TestRegistry.Fault;
import io.kuber.node.image.layer.TestArchive;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.image.registry.ImageSources;
import io.kuber.node.image.registry.Keyring;
import io.kuber.node.image.registry.Platform;
import io.kuber.node.image.store.ContentStore;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class ImageLibraryTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH.plusSeconds(1000));

  @TempDir private Path directory;
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final List<ImageLibrary> opened = new ArrayList<>();
  private TestRegistry registry;
  private ImageLibrary library;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "layers have owners, which only root sets");
    registry = new TestRegistry();
    library = open(ImagePlaces.STANDARD);
  }

  @AfterEach
  void stop() {
    opened.forEach(ImageLibrary::close);
    if (registry != null) {
      registry.close();
    }
  }

  private ImageLibrary open(ImagePlaces places) throws IOException {
    ImageLibrary made =
        new ImageLibrary(
            new BuiltInImages(directory),
            ContentStore.open(directory.resolve("content")),
            new ImageSources(places),
            CLOCK,
            pauses::add);
    opened.add(made);
    return made;
  }

  private String name(String rest) {
    return registry.address() + "/" + rest;
  }

  private Image pull(String reference) {
    return pull(reference, Keyring.EMPTY);
  }

  private Image pull(String reference, Keyring keyring) {
    try {
      return library.pull(reference, keyring, PullListener.NONE).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ImagePullException refused ? refused : e;
    }
  }

  private static Path file(Image image, String name) {
    return image.layers().get(0).resolve(name);
  }

  private List<String> kept(String part) throws IOException {
    try (Stream<Path> all = Files.list(directory.resolve("content").resolve(part))) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void pullsWhatATagMeansAndKnowsItAfterwards() {
    TestImage image = TestImage.ofFile("hello", "world");
    registry.push("app", "1", image);
    assertThat(library.present(name("app:1"))).isEmpty();
    Image pulled = pull(name("app:1"));
    assertThat(file(pulled, "hello")).hasContent("world");
    assertThat(pulled.id()).isEqualTo(name("app@" + image.digest()));
    assertThat(library.present(name("app:1"))).contains(pulled);
    assertThat(library.present(name("app@" + image.digest()))).isPresent();
    assertThat(library.present(name("app:2"))).isEmpty();
    assertThat(library.list()).hasSize(1);
    assertThat(library.list().get(0).names())
        .containsExactly(name("app@" + image.digest()), name("app:1"));
  }

  @Test
  void takesConfigurationAndResolvesTheUser() {
    Tree config =
        Tree.of(
            "Entrypoint", Items.of("/bin/app"),
            "Cmd", Items.of("--serve"),
            "Env", Items.of("A=1=2", "PATH=/bin"),
            "User", "web:staff",
            "WorkingDir", "/srv");
    registry.push(
        "app",
        "1",
        TestImage.of(
            config,
            new TestArchive()
                .file("etc/passwd", "root:x:0:0::/:\nweb:x:33:34::/:\n")
                .file("etc/group", "staff:x:50:\n"),
            new TestArchive().file("bin/app", "")));
    ImageConfig taken = pull(name("app:1")).config();
    assertThat(taken)
        .isEqualTo(
            new ImageConfig(
                List.of("/bin/app"),
                List.of("--serve"),
                Map.of("A", "1=2", "PATH", "/bin"),
                "33:50",
                "/srv"));
  }

  @Test
  void keepsSharedLayersOnce() throws IOException {
    TestArchive base = new TestArchive().file("base", "shared");
    TestImage one = TestImage.of(Tree.EMPTY, base, new TestArchive().file("one", ""));
    TestImage two = TestImage.of(Tree.EMPTY, base, new TestArchive().file("two", ""));
    registry.push("one", "1", one);
    registry.push("two", "1", two);
    Image first = pull(name("one:1"));
    Image second = pull(name("two:1"));
    assertThat(first.layers().get(1)).isEqualTo(second.layers().get(1));
    assertThat(kept("layers")).hasSize(3);
    assertThat(registry.requests("/blobs/" + one.layer(0))).hasSize(1);
  }

  @Test
  void goesOnWhereADownloadBroke() {
    TestImage image = TestImage.ofFile("hello", "world".repeat(1000));
    registry.push("app", "1", image);
    registry.fail(image.layer(0).hex(), new Fault.Truncated(20));
    assertThat(file(pull(name("app:1")), "hello")).hasContent("world".repeat(1000));
    assertThat(registry.requests(image.layer(0).hex()))
        .extracting(request -> request.split(" ").length > 1 ? request.split(" ")[1] : "")
        .containsExactly("", "bytes=20-");
  }

  @Test
  void beginsAnewWhereARegistryKnowsNoRanges() {
    TestImage image = TestImage.ofFile("hello", "world");
    registry.push("app", "1", image);
    registry.fail(image.layer(0).hex(), new Fault.Truncated(20), new Fault.WithoutRange());
    assertThat(file(pull(name("app:1")), "hello")).hasContent("world");
  }

  @Test
  void refusesOtherBytesThanTheDigestNames() throws IOException {
    TestImage image = TestImage.ofFile("hello", "world");
    registry.push("app", "1", image);
    byte[] other = image.layerBytes(0);
    other[other.length - 1] ^= 1;
    registry.fail(image.layer(0).hex(), new Fault.Instead(other));
    assertThatThrownBy(() -> pull(name("app:1")))
        .isInstanceOf(ImagePullException.class)
        .hasMessageContaining("blob " + image.layer(0))
        .hasMessageContaining("has the digest sha256:");
    assertThat(kept("layers")).isEmpty();
    assertThat(kept("images")).isEmpty();
    assertThat(kept("ingest")).isEmpty();
    assertThat(file(pull(name("app:1")), "hello")).hasContent("world");
  }

  @Test
  void refusesMoreBytesThanTheManifestNames() {
    TestImage image = TestImage.ofFile("hello", "world");
    registry.push("app", "1", image);
    registry.fail(image.layer(0).hex(), new Fault.Instead(new byte[1 << 20]));
    assertThatThrownBy(() -> pull(name("app:1"))).hasMessageContaining("is longer than its");
  }

  @Test
  void refusesAManifestThatIsNotTheOneAskedFor() {
    TestImage image = TestImage.ofFile("hello", "world");
    TestImage other = TestImage.ofFile("hello", "other");
    registry.push("app", image);
    registry.pushManifest("app", image.digest().toString(), other.manifest());
    assertThatThrownBy(() -> pull(name("app@" + image.digest())))
        .hasMessageContaining("gives a manifest that is not " + image.digest());
  }

  @Test
  void waitsAsLongAsABusyRegistryWants() {
    TestImage image = TestImage.ofFile("hello", "world");
    registry.push("app", "1", image);
    registry.fail("/manifests/1", new Fault.Status(429, "Retry-After", "7"));
    registry.fail(image.layer(0).hex(), new Fault.Status(500, "", ""));
    pull(name("app:1"));
    assertThat(pauses).contains(Duration.ofSeconds(7)).hasSize(2);
  }

  @Test
  void givesUpOnARegistryThatStaysBusy() {
    Fault busy = new Fault.Status(503, "", "");
    registry.fail("/manifests/1", busy, busy, busy, busy, busy, busy);
    assertThatThrownBy(() -> pull(name("app:1")))
        .hasMessageStartingWith("failed to pull and unpack image \"" + name("app:1") + "\": ")
        .hasMessageContaining("503");
    assertThat(registry.requests("/manifests/1")).hasSize(Retries.MOST);
  }

  @Test
  void saysThatThereIsNoSuchImage() {
    assertThatThrownBy(() -> pull(name("none:1")))
        .hasMessageContaining("failed to resolve reference")
        .hasMessageContaining(name("none:1") + ": not found")
        .hasMessageContaining("manifest unknown: manifest unknown");
  }

  @Test
  void saysThatARegistryCannotBeReached() throws IOException {
    TestRegistry gone = new TestRegistry();
    gone.close();
    assertThatThrownBy(() -> pull(gone.address() + "/app:1"))
        .hasMessageContaining("Get \"http://" + gone.address());
  }

  private Keyring keyring(String... usersAndPasswords) {
    Tree.Builder auths = Tree.builder();
    for (int i = 0; i < usersAndPasswords.length; i += 2) {
      String place = registry.address() + "/app".substring(0, i == 0 ? 4 : 0);
      auths.put(
          place, Tree.of("username", usersAndPasswords[i], "password", usersAndPasswords[i + 1]));
    }
    return Keyring.ofDockerConfigJson(Json.print(Tree.of("auths", auths.build())));
  }

  @Test
  void fetchesATokenWithTheCredentialsThatFit() {
    registry.push("app", "1", TestImage.ofFile("hello", "world"));
    registry.wantToken("jane", "right");
    assertThatThrownBy(() -> pull(name("app:1")))
        .hasMessageContaining("pull access denied, repository does not exist or may require");
    assertThatThrownBy(() -> pull(name("app:1"), keyring("jane", "wrong")))
        .hasMessageContaining("pull access denied");
    Image pulled = pull(name("app:1"), keyring("jane", "wrong", "jane", "right"));
    assertThat(file(pulled, "hello")).hasContent("world");
  }

  @Test
  void showsNameAndPasswordWhereThatIsAskedFor() {
    registry.push("app", "1", TestImage.ofFile("hello", "world"));
    registry.wantBasic("jane", "right");
    assertThat(file(pull(name("app:1"), keyring("jane", "right")), "hello")).hasContent("world");
  }

  @Test
  void keepsCredentialsFromWhereARedirectLeads() throws IOException {
    TestImage image = TestImage.ofFile("hello", "world");
    registry.push("app", "1", image);
    registry.wantBasic("jane", "right");
    try (TestRegistry storage = new TestRegistry()) {
      storage.push("app", image);
      String there = "http://" + storage.address() + "/v2/app/blobs/" + image.layer(0);
      registry.fail(image.layer(0).hex(), new Fault.Status(307, "Location", there));
      pull(name("app:1"), keyring("jane", "right"));
      assertThat(storage.requests()).containsExactly("/v2/app/blobs/" + image.layer(0));
    }
  }

  @Test
  void followsNoRedirectThatGoesRound() {
    String self = "http://" + registry.address() + "/v2/app/manifests/1";
    Fault round = new Fault.Status(302, "Location", self);
    registry.fail("/manifests/1", round, round, round, round, round, round, round, round);
    assertThatThrownBy(() -> pull(name("app:1"))).hasMessageContaining("from one address to");
  }

  @Test
  void choosesThePlatformOfTheMachine() {
    Platform foreign = new Platform("linux", "s390x", "");
    TestImage own = TestImage.ofFile("hello", "own");
    TestImage other = TestImage.of(foreign, new TestArchive().file("hello", "other"));
    registry.push("app", own);
    registry.push("app", other);
    byte[] index = TestImage.index(Map.of(foreign, other, Platform.host(), own));
    registry.pushManifest("app", "1", index);
    registry.pushManifest("app", "foreign", TestImage.index(Map.of(foreign, other)));
    Image pulled = pull(name("app:1"));
    assertThat(file(pulled, "hello")).hasContent("own");
    assertThat(pulled.id()).endsWith("@" + Digest.sha256(index));
    assertThatThrownBy(() -> pull(name("app:foreign")))
        .hasMessageContaining("no match for platform " + Platform.host());
    assertThatThrownBy(() -> pull(name("app@" + other.digest())))
        .hasMessageContaining("is for linux/s390x");
  }

  @Test
  void saysWhatItCannotRead() {
    registry.pushManifest("old", "1", "{\"schemaVersion\":1}".getBytes(UTF_8));
    registry.pushManifest("text", "1", "hello".getBytes(UTF_8));
    registry.pushManifest("huge", "1", new byte[5 << 20]);
    assertThatThrownBy(() -> pull(name("old:1"))).hasMessageContaining("Docker's schema 1");
    assertThatThrownBy(() -> pull(name("text:1"))).hasMessageContaining("is not JSON");
    assertThatThrownBy(() -> pull(name("huge:1"))).hasMessageContaining("a manifest of over");
  }

  @Test
  void namesLayerAndEntryOfAHostileImageAndKeepsNothingOfIt() throws IOException {
    TestImage image = TestImage.ofFile("../../../outside", "evil");
    registry.push("app", "1", image);
    assertThatThrownBy(() -> pull(name("app:1")))
        .hasMessageContaining("layer " + image.layer(0) + ": entry \"../../../outside\": leads");
    assertThat(kept("layers")).isEmpty();
    assertThat(kept("staging")).isEmpty();
    assertThat(directory.resolve("outside")).doesNotExist();
  }

  @Test
  void pullsTheSameImageOnceForAllWhoWantItAtOnce() {
    TestImage image = TestImage.ofFile("hello", "world");
    registry.push("app", "1", image);
    CompletableFuture<Image> first =
        library.pull(name("app:1"), Keyring.EMPTY, PullListener.NONE).toCompletableFuture();
    List<CompletableFuture<Image>> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      others.add(
          library.pull(name("app:1"), Keyring.EMPTY, PullListener.NONE).toCompletableFuture());
    }
    Image pulled = first.join();
    assertThat(others).allMatch(other -> other.join().equals(pulled));
    assertThat(registry.requests("/blobs/" + image.layer(0))).hasSize(1);
  }

  @Test
  void asksMirrorsFirstAndTheRegistryWhenTheyFail() throws IOException {
    TestImage image = TestImage.ofFile("hello", "mirrored");
    registry.push("team/app", "1", image);
    library =
        open(
            new ImagePlaces(
                List.of(),
                Set.of(),
                Map.of(
                    "registry.example",
                    List.of(
                        URI.create("http://127.0.0.1:1"),
                        URI.create("http://" + registry.address())))));
    Image pulled = pull("registry.example/team/app:1");
    assertThat(file(pulled, "hello")).hasContent("mirrored");
    assertThat(pulled.id()).startsWith("registry.example/team/app@sha256:");
  }

  @Test
  void readsLayoutsWithoutANetwork() throws IOException {
    Path layouts = directory.resolve("layouts");
    TestImage.ofFile("hello", "by path").writeLayout(layouts.resolve("busybox"), "1.36");
    TestImage.ofFile("hello", "by name").writeLayout(layouts, "registry.example/app:2");
    library = open(new ImagePlaces(List.of(layouts), Set.of(), Map.of()));
    assertThat(file(pull("busybox:1.36"), "hello")).hasContent("by path");
    assertThat(file(pull("registry.example/app:2"), "hello")).hasContent("by name");
  }

  @Test
  void knowsItsImagesAfterARestartAndForgetsHalfOnes() throws IOException {
    registry.push("one", "1", TestImage.ofFile("hello", "one"));
    registry.push("two", "1", TestImage.ofFile("hello", "two"));
    pull(name("one:1"));
    Image broken = pull(name("two:1"));
    Files.createDirectories(directory.resolve("content/staging/layer-9/half"));
    Files.createDirectories(directory.resolve("content/layers/sha256-nobody"));
    Files.delete(file(broken, "hello"));
    Files.delete(broken.layers().get(0));
    library = open(ImagePlaces.STANDARD);
    assertThat(library.present(name("one:1"))).isPresent();
    assertThat(library.present(name("two:1"))).isEmpty();
    assertThat(kept("staging")).isEmpty();
    assertThat(kept("layers")).hasSize(1);
    assertThat(file(pull(name("two:1")), "hello")).hasContent("two");
  }

  @Test
  void givesATagThatMovedToTheNewImage() {
    registry.push("app", "1", TestImage.ofFile("hello", "old"));
    Image old = pull(name("app:1"));
    registry.push("app", "1", TestImage.ofFile("hello", "new"));
    assertThat(file(pull(name("app:1")), "hello")).hasContent("new");
    assertThat(library.present(name("app:1")).orElseThrow().id()).isNotEqualTo(old.id());
    assertThat(library.present(old.id())).as("it may still run").isPresent();
  }

  @Test
  void tellsNamesThatAreNone() {
    assertThatThrownBy(() -> library.present("Busybox:1"))
        .isInstanceOfSatisfying(
            ImagePullException.class, e -> assertThat(e.reason()).hasToString("InvalidImageName"))
        .hasMessage(
            "Failed to apply default image tag \"Busybox:1\": couldn't parse image name"
                + " \"Busybox:1\": invalid reference format: repository name (library/Busybox)"
                + " must be lowercase");
  }
}
