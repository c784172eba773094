package io.kuber.node.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.container.HugePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AtomicFilesTest {
  private static final VolumePod POD =
      new VolumePod(
          "d", "p", "u", OptionalLong.empty(), false, OptionalLong.empty(), 0, HugePages.NONE);

  @TempDir private Path root;

  private void write(String... pathsAndTexts) throws IOException {
    Map<String, ProjectedFile> files = new LinkedHashMap<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      files.put(pathsAndTexts[i], ProjectedFile.of(pathsAndTexts[i + 1].getBytes(UTF_8), 0644));
    }
    new AtomicFiles(root, FileGroup.of(POD, true)).write(files);
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith("..generation-"))
          .sorted()
          .toList();
    }
  }

  private long generations() throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      return all.filter(path -> path.getFileName().toString().startsWith("..generation-")).count();
    }
  }

  @Test
  void showsFilesThroughTheLinkThatIsExchanged() throws IOException {
    write("a", "1", "deep/b", "2", "deep/c", "3");
    assertThat(entries()).containsExactly("..data", "a", "deep");
    assertThat(Files.readSymbolicLink(root.resolve("deep"))).hasToString("..data/deep");
    assertThat(root.resolve("deep/c")).hasContent("3");
  }

  @Test
  void exchangesEverythingByOneLink() throws IOException {
    write("a", "1", "b", "1");
    Path before = Files.readSymbolicLink(root.resolve("..data"));
    write("a", "2", "c", "2");
    assertThat(Files.readSymbolicLink(root.resolve("..data"))).isNotEqualTo(before);
    assertThat(entries()).containsExactly("..data", "a", "c");
    assertThat(root.resolve("a")).hasContent("2");
    assertThat(generations()).isEqualTo(1);
  }

  @Test
  void leavesAloneWhatIsUpToDate() throws IOException {
    write("a", "1", "deep/b", "2");
    Path before = Files.readSymbolicLink(root.resolve("..data"));
    write("a", "1", "deep/b", "2");
    assertThat(Files.readSymbolicLink(root.resolve("..data"))).isEqualTo(before);
  }

  @Test
  void goesOnAfterAWriteThatWasInterrupted() throws IOException {
    write("a", "1");
    Files.createDirectory(root.resolve("..generation-halfway"));
    Files.createSymbolicLink(root.resolve("..data_tmp"), Path.of("..generation-halfway"));
    write("a", "2");
    assertThat(root.resolve("a")).hasContent("2");
    assertThat(entries()).containsExactly("..data", "a");
    assertThat(generations()).isEqualTo(1);
  }

  @Test
  void canBecomeEmpty() throws IOException {
    write("a", "1");
    write();
    assertThat(entries()).containsExactly("..data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/x", "../x", "a/../../x", "..data", "..x/y"})
  void refusesPathsThatLeadOut(String path) {
    assertThatThrownBy(() -> write(path, "x")).isInstanceOf(VolumeException.class);
    assertThat(root).isEmptyDirectory();
  }
}
