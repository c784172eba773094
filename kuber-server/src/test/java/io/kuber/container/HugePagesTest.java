package io.kuber.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HugePagesTest {
  private static final long MEBI = 1 << 20;

  @TempDir private Path directory;

  private void has(String size, String pages) throws IOException {
    Files.writeString(
        Files.createDirectory(directory.resolve("hugepages-" + size)).resolve("nr_hugepages"),
        pages + "\n");
  }

  @Test
  void tellsWhatTheMachineHasInEachSize() throws IOException {
    has("2048kB", "12");
    has("1048576kB", "3");
    has("64kB", "0");
    Files.createDirectory(directory.resolve("else"));
    assertThat(HugePages.in(directory).amounts())
        .isEqualTo(Map.of("hugepages-64Ki", "0", "hugepages-2Mi", "24Mi", "hugepages-1Gi", "3Gi"));
  }

  @Test
  void areNoneOnAMachineThatKnowsNone() throws IOException {
    assertThat(HugePages.in(directory.resolve("none"))).isEqualTo(HugePages.NONE);
  }

  @Test
  void areReadFromAmountsAndAddUp() {
    HugePages some = HugePages.of(Tree.of("hugepages-2Mi", "4Mi", "memory", "1Gi"));
    HugePages more = HugePages.of(Tree.of("hugepages-2Mi", "2Mi", "hugepages-1Gi", "1Gi"));
    assertThat(some.bytes()).isEqualTo(Map.of(2 * MEBI, 4 * MEBI));
    assertThat(some.plus(more).bytes())
        .isEqualTo(Map.of(2 * MEBI, 6 * MEBI, 1024 * MEBI, 1024 * MEBI));
    assertThat(some.in(1024 * MEBI)).isZero();
  }
}
