package io.kuber.node.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.kuber.linux.Syscalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@EnabledOnOs(OS.LINUX)
final class UnpackingTest {
  private static final LayerLimits SMALL =
      LayerLimits.DEFAULT.withBytes(1 << 20, 512 << 10).withEntries(100).withFreeBytes(0);

  @TempDir private Path directory;
  private Path outside;
  private Path layer;

  @BeforeEach
  void needsRoot() throws IOException {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "layers have owners and devices, which only root makes");
    outside = Files.writeString(directory.resolve("outside"), "untouched");
    layer = Files.createDirectory(directory.resolve("layer"));
  }

  private Unpacking.Unpacked unpack(LayerLimits limits, byte[] packed) throws Exception {
    return new Unpacking(Syscalls.linux(), limits)
        .unpack(
            "sha256:test",
            new ByteArrayInputStream(packed),
            MessageDigest.getInstance("SHA-256"),
            layer);
  }

  private static Object attribute(Path path, String name) throws IOException {
    return Files.getAttribute(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void keepsWhatEntriesSayOfThemselves() throws Exception {
    TestArchive archive =
        new TestArchive()
            .as(01777, 0, 0)
            .directory("tmp/")
            .as(04755, 7, 8)
            .file("bin/su", "program")
            .hardLink("bin/login", "bin/su")
            .symbolicLink("sh", "/bin/su")
            .as(0660, 1, 6)
            .device('4', "dev/disk", 8, 300)
            .device('6', "run/pipe", 0, 0)
            .as(0500, 5, 5)
            .directory("./home/");
    Unpacking.Unpacked unpacked = unpack(LayerLimits.DEFAULT, archive.gzip());
    assertThat(attribute(layer.resolve("tmp"), "mode")).isEqualTo(0041777);
    assertThat(layer.resolve("bin/su")).hasContent("program");
    assertThat(attribute(layer.resolve("bin/su"), "mode")).isEqualTo(0104755);
    assertThat(attribute(layer.resolve("bin/su"), "uid")).isEqualTo(7);
    assertThat(attribute(layer.resolve("bin/su"), "gid")).isEqualTo(8);
    assertThat(attribute(layer.resolve("bin/su"), "nlink")).isEqualTo(2);
    assertThat(Files.isSameFile(layer.resolve("bin/su"), layer.resolve("bin/login"))).isTrue();
    assertThat(Files.readSymbolicLink(layer.resolve("sh"))).isEqualTo(Path.of("/bin/su"));
    assertThat(attribute(layer.resolve("sh"), "uid")).isEqualTo(7);
    assertThat(attribute(layer.resolve("dev/disk"), "rdev"))
        .isEqualTo((8L << 8) | (300 & 0xFF) | ((300L & ~0xFF) << 12));
    assertThat(attribute(layer.resolve("run/pipe"), "mode")).isEqualTo(0010660);
    assertThat(attribute(layer.resolve("home"), "mode")).isEqualTo(0040500);
    assertThat(Files.getLastModifiedTime(layer.resolve("home")))
        .isEqualTo(FileTime.from(Instant.ofEpochSecond(1_000_000_000)));
    assertThat(unpacked.hex())
        .isEqualTo(
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive.bytes())));
  }

  @Test
  void unpacksZstdAndPlainArchives() throws Exception {
    byte[] plain = new TestArchive().file("a", "content").bytes();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(packed)) {
      out.write(plain);
    }
    for (byte[] each : List.of(plain, packed.toByteArray())) {
      Files.deleteIfExists(layer.resolve("a"));
      unpack(LayerLimits.DEFAULT, each);
      assertThat(layer.resolve("a")).hasContent("content");
    }
  }

  @Test
  void takesLongNamesAndAttributesOfAnyBytes() throws Exception {
    String longName = "d/".repeat(60) + "n".repeat(200);
    byte[] value = {1, 0, (byte) 0xFF, '\n', '='};
    unpack(
        LayerLimits.DEFAULT,
        new TestArchive()
            .extended("path", longName.getBytes(UTF_8))
            .file("short", "long")
            .raw('L', "././@LongLink", (longName + "2\0").getBytes(UTF_8))
            .file("short", "gnu")
            .extended("SCHILY.xattr.user.any", value)
            .file("attributed", "")
            .bytes());
    assertThat(layer.resolve(longName)).hasContent("long");
    assertThat(layer.resolve(longName + "2")).hasContent("gnu");
    assertThat(Files.getAttribute(layer.resolve("attributed"), "user:any")).isEqualTo(value);
  }

  @Test
  void leavesOutAttributesThatSpeakToTheOverlay() throws Exception {
    unpack(
        LayerLimits.DEFAULT,
        new TestArchive()
            .extended("SCHILY.xattr.trusted.overlay.redirect", "/etc".getBytes(UTF_8))
            .directory("redirected/")
            .extended("SCHILY.xattr.user.overlay.opaque", "y".getBytes(UTF_8))
            .directory("opaque/")
            .bytes());
    assertThat(Attributes.isTaken("trusted.overlay.redirect")).isFalse();
    assertThat(Attributes.isTaken("security.capability")).isTrue();
    assertThat(Files.readAttributes(layer.resolve("opaque"), "user:*")).isEmpty();
  }

  @Test
  void turnsWhiteoutsIntoThoseOfTheOverlay() throws Exception {
    unpack(
        LayerLimits.DEFAULT,
        new TestArchive()
            .directory("etc/")
            .file("etc/.wh.passwd", "")
            .directory("var/")
            .file("var/.wh..wh..opq", "")
            .file("var/.wh..wh.plnk", "")
            .file(".wh.comes-back", "")
            .file("comes-back", "again")
            .bytes());
    assertThat(attribute(layer.resolve("etc/passwd"), "mode")).isEqualTo(0020000);
    assertThat(attribute(layer.resolve("etc/passwd"), "rdev")).isEqualTo(0L);
    assertThat(layer.resolve("var")).isEmptyDirectory();
    assertThat(layer.resolve("comes-back")).hasContent("again");
  }

  @Test
  void letsTheLastOfEqualNamesCount() throws Exception {
    unpack(
        LayerLimits.DEFAULT,
        new TestArchive()
            .file("a", "first")
            .file("a", "second")
            .directory("b/")
            .file("b/c", "gone with b")
            .file("b", "a file now")
            .symbolicLink("l", "../../outside")
            .file("l", "no link any more")
            .bytes());
    assertThat(layer.resolve("a")).hasContent("second");
    assertThat(layer.resolve("b")).hasContent("a file now");
    assertThat(layer.resolve("l")).hasContent("no link any more");
    assertThat(outside).hasContent("untouched");
  }

  @Test
  void followsLinksInsideOfTheLayerAlone() throws Exception {
    String up = "../".repeat(12);
    unpack(
        LayerLimits.DEFAULT,
        new TestArchive()
            .directory("usr/")
            .directory("usr/lib/")
            .symbolicLink("lib", "/usr/lib")
            .file("lib/libc", "through an absolute link")
            .directory(directory.toString().substring(1))
            .symbolicLink("up", up + directory.toString().substring(1))
            .file("up/outside", "evil")
            .bytes());
    assertThat(layer.resolve("usr/lib/libc")).hasContent("through an absolute link");
    assertThat(layer.resolve(directory.toString().substring(1)).resolve("outside"))
        .as("what the link says, seen from the root of the layer")
        .hasContent("evil");
    assertThat(outside).hasContent("untouched");
  }

  static Stream<Arguments> hostileLayers() {
    TestArchive many = new TestArchive();
    for (int i = 0; i <= SMALL.entries(); i++) {
      many.file("f" + i, "");
    }
    TestArchive deep = new TestArchive().directory("l0/");
    String path = "d/".repeat(200);
    deep.extended("path", ("l0/" + path).getBytes(UTF_8)).directory("d");
    deep.extended("linkpath", ("l0/" + path).getBytes(UTF_8)).symbolicLink("jump", "");
    deep.extended("path", ("jump/" + path + "x").getBytes(UTF_8)).file("f", "");
    return Stream.of(
        Arguments.of("parent", new TestArchive().file("../outside", "evil"), "leads out of"),
        Arguments.of("inner parent", new TestArchive().file("a/../../outside", "e"), "leads out"),
        Arguments.of(
            "hard link out", new TestArchive().hardLink("a", "../outside"), "leads out of"),
        Arguments.of(
            "hard link to the machine's file",
            new TestArchive().hardLink("passwd", "/etc/passwd"),
            "ENOENT"),
        Arguments.of(
            "hard link to a directory",
            new TestArchive().directory("d/").hardLink("e", "d"),
            "no file of this layer"),
        Arguments.of("root as a file", new TestArchive().file(".", "x"), "root of the layer"),
        Arguments.of(
            "10 TB of zeros", new TestArchive().promise("huge", 10L << 40), "a file may have"),
        Arguments.of(
            "10 TB sparse",
            new TestArchive()
                .extended("GNU.sparse.realsize", Long.toString(10L << 40).getBytes(UTF_8))
                .file("holes", ""),
            "sparse"),
        Arguments.of("GNU sparse", new TestArchive().raw('S', "holes", new byte[0]), "sparse"),
        Arguments.of(
            "size that overflows",
            new TestArchive().extended("size", "-1".getBytes(UTF_8)).file("negative", ""),
            "size of -1"),
        Arguments.of("too many entries", many, "one more than the 100"),
        Arguments.of(
            "more than allowed in all",
            new TestArchive()
                .file("a", new byte[400 << 10])
                .file("b", new byte[400 << 10])
                .file("c", new byte[400 << 10]),
            "makes the layer larger"),
        Arguments.of(
            "huge header",
            new TestArchive().raw('x', "header", new byte[2 << 20]),
            "has a header of"),
        Arguments.of(
            "long name",
            new TestArchive().extended("path", "n/".repeat(4000).getBytes(UTF_8)).file("n", ""),
            "has a name of more than"),
        Arguments.of(
            "deep name",
            new TestArchive().extended("path", "n/".repeat(400).getBytes(UTF_8)).file("n", ""),
            "deeper than 256"),
        Arguments.of("deep through links", deep, "deeper than 256"),
        Arguments.of(
            "zero byte in the name",
            new TestArchive().extended("path", "a\0b".getBytes(UTF_8)).file("n", ""),
            "zero byte"),
        Arguments.of(
            "whiteout of the parent", new TestArchive().file("d/.wh...", ""), "which is no name"),
        Arguments.of(
            "file as directory", new TestArchive().file("a", "").file("a/b", ""), "ENOTDIR"),
        Arguments.of(
            "loop of links",
            new TestArchive().symbolicLink("a", "b").symbolicLink("b", "a").file("a/x", ""),
            "ELOOP"),
        Arguments.of(
            "headers without end",
            new TestArchive()
                .extended("a", new byte[0])
                .extended("a", new byte[0])
                .extended("a", new byte[0])
                .extended("a", new byte[0])
                .extended("a", new byte[0])
                .file("f", ""),
            "headers without an entry"),
        Arguments.of("unknown type", new TestArchive().raw('Z', "z", new byte[0]), "unknown type"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileLayers")
  void refusesHostileLayersAndNamesThem(String name, TestArchive archive, String why)
      throws Exception {
    assertThatThrownBy(() -> unpack(SMALL, archive.gzip()))
        .isInstanceOf(LayerException.class)
        .hasMessageStartingWith("layer sha256:test: ")
        .hasMessageContaining(why);
    assertThat(outside).hasContent("untouched");
    try (Stream<Path> around = Files.list(directory)) {
      assertThat(around).containsExactlyInAnyOrder(outside, layer);
    }
  }

  @Test
  void refusesABombBeforeItIsWritten() throws Exception {
    long size = 10L << 40;
    byte[] header = Arrays.copyOf(new TestArchive().promise("bomb", size).bytes(), 512);
    InputStream endless =
        new SequenceInputStream(
            new ByteArrayInputStream(header),
            new InputStream() {
              @Override
              public int read() {
                return 0;
              }
            });
    Unpacking unpacking = new Unpacking(Syscalls.linux(), LayerLimits.DEFAULT);
    assertThatThrownBy(
            () ->
                unpacking.unpack(
                    "sha256:bomb", endless, MessageDigest.getInstance("SHA-256"), layer))
        .hasMessage(
            "layer sha256:bomb: entry \"bomb\": has %d bytes; a file may have %d"
                .formatted(size, LayerLimits.DEFAULT.fileBytes()));
    assertThat(layer).isEmptyDirectory();
  }

  @Test
  void leavesTheMachineItsShareOfTheDisk() {
    LayerLimits greedy = LayerLimits.DEFAULT.withFreeBytes(Long.MAX_VALUE / 2);
    assertThatThrownBy(() -> unpack(greedy, new TestArchive().file("a", "").bytes()))
        .hasMessageContaining("entry \"a\": does not fit");
  }

  @Test
  void refusesBrokenArchives() {
    byte[] whole = new TestArchive().file("a", "x".repeat(4000)).bytes();
    byte[] damaged = whole.clone();
    damaged[5] ^= 1;
    byte[] gzip = new TestArchive().file("a", "x".repeat(4000)).gzip();
    Map<byte[], String> broken =
        Map.of(
            Arrays.copyOf(whole, 1000),
            "ends in the middle of an entry",
            Arrays.copyOf(whole, 100),
            "ends in the middle of a header",
            damaged,
            "checksum is wrong",
            Arrays.copyOf(gzip, gzip.length / 2),
            "Unexpected end");
    broken.forEach(
        (bytes, why) ->
            assertThatThrownBy(() -> unpack(LayerLimits.DEFAULT, bytes))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining(why));
  }
}
