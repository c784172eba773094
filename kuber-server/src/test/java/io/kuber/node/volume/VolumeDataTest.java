package io.kuber.node.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories of volumes are made and deleted, and nothing beside them. */
final class VolumeDataTest {
  /** Deeper than descriptors and stacks reach. */
  private static final int DEEP = 3000;

  @TempDir private Path directory;
  private VolumeData data = new VolumeData(Path.of("/"), new FakeMounts());

  @BeforeEach
  void begin() {
    data = new VolumeData(directory.resolve("volumes"), new FakeMounts());
  }

  @Test
  void makesDirectoryThatEverybodyMayUse() throws Exception {
    assertThat(data.names()).isEmpty();
    Path made = data.make("pvc-1");
    assertThat(Files.getAttribute(made, "unix:mode")).isEqualTo(040777);
    Files.writeString(made.resolve("file"), "kept");
    assertThat(data.make("pvc-1").resolve("file")).hasContent("kept");
    assertThat(data.names()).containsExactly("pvc-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../other", "a/b", "/etc", "-a", "A", "a\n"})
  void refusesNamesThatLeadElsewhere(String name) {
    assertThatThrownBy(() -> data.make(name)).hasMessageContaining("cannot be the name");
    assertThatThrownBy(() -> data.delete(name)).hasMessageContaining("cannot be the name");
  }

  @Test
  void deletesLinksAndNotWhatTheyLeadTo() throws Exception {
    Path others = Files.createDirectory(directory.resolve("others"));
    Files.writeString(others.resolve("file"), "stays");
    Path made = data.make("pvc-1");
    Files.createSymbolicLink(made.resolve("away"), others);
    Path inner = Files.createDirectories(made.resolve("a/b/c"));
    Files.createSymbolicLink(inner.resolve("up"), Path.of("../../../../../others"));
    Files.createLink(inner.resolve("hard"), others.resolve("file"));
    Files.createDirectories(made.resolve(".kuber-4/d/e"));
    data.make("pvc-2");
    data.delete("pvc-1");
    assertThat(data.names()).containsExactly("pvc-2");
    assertThat(others.resolve("file")).hasContent("stays");
    data.delete("pvc-1");
  }

  @Test
  void refusesToDeleteThroughALinkInThePlaceOfTheVolume() throws Exception {
    Path others = Files.createDirectory(directory.resolve("others"));
    Files.writeString(others.resolve("file"), "stays");
    data.make("pvc-2");
    Files.createSymbolicLink(directory.resolve("volumes/pvc-1"), others);
    assertThatThrownBy(() -> data.delete("pvc-1")).isInstanceOf(IOException.class);
    assertThat(others.resolve("file")).hasContent("stays");
  }

  @Test
  void readsFilesOfTheVolumeAndNothingElse() throws Exception {
    Path made = data.make("pvc-1");
    Files.writeString(Files.createDirectory(made.resolve("d")).resolve("file"), "A=1");
    Files.writeString(directory.resolve("secret"), "hidden");
    Files.createSymbolicLink(made.resolve("out"), directory.resolve("secret"));
    assertThat(VolumeFile.read(made, "d/file")).contains("A=1");
    assertThat(VolumeFile.read(made, "d/none")).isEmpty();
    for (String path : List.of("out", "../../secret", "d")) {
      assertThatThrownBy(() -> VolumeFile.read(made, path)).isInstanceOf(VolumeException.class);
    }
  }

  @Test
  void deletesTreesOfAnyDepth() throws Exception {
    Path made = data.make("pvc-1");
    Path bottom = made;
    for (int i = 0; i < DEEP; i++) {
      Path up = Files.createDirectory(directory.resolve("next"));
      Files.writeString(up.resolve("file"), "goes");
      if (i > 0) {
        Files.move(bottom, up.resolve("d"));
      }
      bottom = Files.move(up, directory.resolve("tree"));
    }
    Files.move(bottom, made.resolve("d"));
    data.delete("pvc-1");
    assertThat(Files.exists(made, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(data.names()).isEqualTo(List.of());
  }
}
