package io.kuber.node.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.container.linux.LinuxContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mounts on this machine, where it lets this process mount. */
final class MachineMountsTest {
  private final VolumeMounts mounts = VolumeMounts.ofMachine();

  @TempDir private Path directory;

  @BeforeEach
  void needsRights() {
    assumeTrue(LinuxContainers.probe().canRunContainers(), "needs the right to mount");
  }

  @Test
  void mountsMemoryAndTakesItAwayWithAllBelow() throws IOException {
    Path outer = Files.createDirectory(directory.resolve("with blank")).toRealPath();
    assertThat(mounts.isMounted(outer)).isFalse();
    mounts.memory(outer, 1 << 20);
    assertThat(mounts.isMounted(outer)).isTrue();
    assertThat(Files.getFileStore(outer).getTotalSpace()).isEqualTo(1 << 20);
    Path inner = Files.createDirectory(outer.resolve("inner"));
    mounts.memory(inner, 0);
    mounts.unmountAll(outer);
    assertThat(mounts.isMounted(outer)).isFalse();
    assertThat(outer).isEmptyDirectory();
  }

  @Test
  void removalGoesIntoNoFileSystemThatAppearsMeanwhile() throws IOException {
    Path pod = Files.createDirectory(directory.resolve("pod")).toRealPath();
    Path late = Files.createDirectory(pod.resolve("late"));
    VolumeMounts blind = new BlindMounts();
    mounts.memory(late, 0);
    try {
      Files.createFile(late.resolve("precious"));
      assertThatThrownBy(() -> Removal.of(pod, blind)).hasMessageContaining("is still mounted");
      assertThat(late.resolve("precious")).exists();
    } finally {
      mounts.unmountAll(pod);
    }
    Removal.of(pod, mounts);
    assertThat(pod).doesNotExist();
  }

  /** A table of mounts that never finds anything to take away. */
  private static final class BlindMounts implements VolumeMounts {
    @Override
    public boolean isMounted(Path directory) {
      return false;
    }

    @Override
    public void memory(Path directory, long sizeBytes) {}

    @Override
    public void hugePages(Path directory, long pageBytes, long sizeBytes) {}

    @Override
    public void nfs(
        Path directory, String server, String path, List<String> options, boolean readOnly) {}

    @Override
    public void disk(Path directory, Path device, List<String> options) {}

    @Override
    public void unmountAll(Path directory) {}
  }

  @Test
  void saysThatTheKernelHasNoNfs() throws IOException {
    assumeTrue(
        Files.readAllLines(Path.of("/proc/filesystems")).stream()
            .noneMatch(line -> line.contains("nfs4")),
        "this kernel has NFS");
    assertThatThrownBy(() -> mounts.nfs(directory, "192.0.2.7", "/share", List.of(), false))
        .isInstanceOf(VolumeException.class)
        .hasMessage(
            "mount failed: the kernel of this node has no file system nfs4; load it with: modprobe"
                + " nfs");
  }
}
