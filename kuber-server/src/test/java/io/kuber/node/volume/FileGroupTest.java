package io.kuber.node.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.container.HugePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups of files, on a machine where this process may give files away. */
final class FileGroupTest {
  private static final int GROUP = 4711;

  @TempDir private Path directory;
  private Path volume;
  private Path outside;

  @BeforeEach
  void makeFiles() throws IOException {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "needs root");
    volume = Files.createDirectory(directory.resolve("volume"));
    Files.createDirectory(volume.resolve("deep"));
    outside = Files.createDirectory(directory.resolve("outside"));
    Files.createFile(volume.resolve("deep/file"));
    Files.setAttribute(volume.resolve("deep/file"), "unix:mode", 0600);
    Files.createFile(outside.resolve("precious"));
    Files.setAttribute(outside.resolve("precious"), "unix:mode", 0600);
  }

  private static FileGroup group(boolean onlyOnMismatch, boolean readOnly) {
    OptionalLong group = OptionalLong.of(GROUP);
    return FileGroup.of(
        new VolumePod(
            "d", "p", "u", group, onlyOnMismatch, OptionalLong.empty(), 0, HugePages.NONE),
        readOnly);
  }

  private static String of(Path path) throws IOException {
    Object gid = Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS);
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    return gid + " " + Integer.toOctalString(mode);
  }

  @Test
  void ownsAndMayUseAllThatIsInAVolume() throws IOException {
    group(false, false).give(volume);
    assertThat(of(volume)).isEqualTo("4711 2775");
    assertThat(of(volume.resolve("deep"))).isEqualTo("4711 2775");
    assertThat(of(volume.resolve("deep/file"))).isEqualTo("4711 660");
  }

  @Test
  void mayOnlyReadWhatIsReadOnly() throws IOException {
    group(false, true).give(volume);
    assertThat(of(volume.resolve("deep/file"))).isEqualTo("4711 640");
  }

  @Test
  void leavesAVolumeWhoseRootFitsWhenToldTo() throws IOException {
    group(true, false).give(volume);
    Files.setAttribute(volume.resolve("deep/file"), "unix:mode", 0600);
    group(true, false).give(volume);
    assertThat(of(volume.resolve("deep/file"))).isEqualTo("4711 600");
    group(false, false).give(volume);
    assertThat(of(volume.resolve("deep/file"))).isEqualTo("4711 660");
  }

  @Test
  void getsNothingThroughLinks() throws IOException {
    Files.createSymbolicLink(volume.resolve("link"), outside);
    Files.createSymbolicLink(volume.resolve("file"), outside.resolve("precious"));
    group(false, false).give(volume);
    assertThat(of(outside.resolve("precious"))).isEqualTo("0 600");
    assertThat(of(outside)).startsWith("0 ");
  }
}
