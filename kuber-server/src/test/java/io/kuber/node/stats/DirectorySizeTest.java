package io.kuber.node.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.linux.Syscalls;
import io.kuber.node.stats.FileUse.Taken;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, counted as du(1) counts them. */
final class DirectorySizeTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir private Path directory;

  private Taken size() throws Exception {
    return DirectorySize.of(Syscalls.linux(), directory);
  }

  @Test
  void countsBlocksAndFilesOfAllLevels() throws Exception {
    Files.write(directory.resolve("a"), new byte[MEGABYTE]);
    Files.write(Files.createDirectory(directory.resolve("d")).resolve("b"), new byte[MEGABYTE]);
    assertThat(size().files()).isEqualTo(4);
    assertThat(size().bytes()).isBetween(2L * MEGABYTE, 2L * MEGABYTE + MEGABYTE / 2);
  }

  @Test
  void countsHolesForNothing() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve("hole").toFile(), "rw")) {
      file.setLength(1L << 33);
    }
    assertThat(size().bytes()).isLessThan(MEGABYTE);
  }

  @Test
  void countsAFileWithTwoNamesOnce() throws Exception {
    Path first = Files.write(directory.resolve("a"), new byte[MEGABYTE]);
    Files.createLink(directory.resolve("b"), first);
    assertThat(size().files()).isEqualTo(2);
    assertThat(size().bytes()).isLessThan(2L * MEGABYTE);
  }

  @Test
  void doesNotFollowLinksOutOfTheDirectory() throws Exception {
    Files.createSymbolicLink(directory.resolve("usr"), Path.of("/usr"));
    assertThat(size().files()).isEqualTo(2);
  }

  @Test
  void takesNothingForADirectoryThatIsNotThere() throws Exception {
    assertThat(DirectorySize.of(Syscalls.linux(), directory.resolve("gone")))
        .isEqualTo(Taken.NOTHING);
  }
}
