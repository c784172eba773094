package io.kuber.container.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.container.PartException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of volumes on the real kernel, against somebody who exchanges links. */
final class PartsTest {
  private static final int ATTEMPTS = 3000;

  private final Syscalls linux = Syscalls.linux();
  private Path outside;
  private Path volume;

  @BeforeEach
  void makeVolume(@TempDir Path directory) throws IOException {
    assumeTrue(HostProbe.probe().canRunContainers(), "needs Linux and its system calls");
    outside = Files.createDirectory(directory.toRealPath().resolve("outside"));
    Files.writeString(outside.resolve("precious"), "mine");
    volume = Files.createDirectory(directory.toRealPath().resolve("volume"));
  }

  /** Where the kernel says that the opened part is. */
  private Path open(String part) {
    int root = linux.open(volume.toString(), Uapi.O_PATH, 0);
    try {
      int opened = new Parts(linux, root, "/target").open(part);
      try {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + opened));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        linux.close(opened);
      }
    } finally {
      linux.close(root);
    }
  }

  @Test
  void opensFilesAndDirectoriesAlsoThroughLinksThatStayInside() throws IOException {
    Files.createDirectories(volume.resolve("a/b"));
    Files.writeString(volume.resolve("a/b/file"), "x");
    Files.createSymbolicLink(volume.resolve("link"), Path.of("a/b"));
    assertThat(open("a/b")).isEqualTo(volume.resolve("a/b"));
    assertThat(open("link/file")).isEqualTo(volume.resolve("a/b/file"));
  }

  @Test
  void makesDirectoriesThatAreMissingLikeTheVolume() throws IOException {
    Files.setAttribute(volume, "unix:mode", 0770);
    assertThat(open("new//deep/er/")).isEqualTo(volume.resolve("new/deep/er"));
    assertThat((int) Files.getAttribute(volume.resolve("new/deep"), "unix:mode") & 07777)
        .isEqualTo(0770);
  }

  @ParameterizedTest
  @ValueSource(strings = {"absolute/x", "relative/x", "relative", "magic/x", "chain/x"})
  void refusesLinksThatLeadOut(String part) throws IOException {
    Files.createSymbolicLink(volume.resolve("absolute"), outside);
    Files.createSymbolicLink(volume.resolve("relative"), Path.of("../outside"));
    Files.createSymbolicLink(volume.resolve("magic"), Path.of("/proc/self/root"));
    Files.createSymbolicLink(volume.resolve("chain"), Path.of("relative"));
    assertThatThrownBy(() -> open(part))
        .isInstanceOf(PartException.class)
        .hasMessageContaining("leads out of its volume");
    assertThat(outside).isDirectoryNotContaining(path -> !path.endsWith("precious"));
  }

  @Test
  void neverLeavesTheVolumeWhileLinksAreExchanged() throws Exception {
    Files.createDirectories(volume.resolve("real/x"));
    AtomicBoolean over = new AtomicBoolean();
    Thread attacker = new Thread(() -> exchange(over), "attacker");
    attacker.start();
    int inside = 0;
    int refused = 0;
    try {
      for (int i = 0; i < ATTEMPTS; i++) {
        try {
          assertThat(open("way/x/made" + i % 7)).startsWith(volume);
          inside++;
        } catch (PartException e) {
          refused++;
        }
      }
    } finally {
      over.set(true);
      attacker.join();
    }
    assertThat(inside + refused).isEqualTo(ATTEMPTS);
    assertThat(outside).isDirectoryNotContaining(path -> !path.endsWith("precious"));
  }

  /** Lets {@code way} lead inside and outside by turns. */
  private void exchange(AtomicBoolean over) {
    try {
      for (int i = 0; !over.get(); i++) {
        Path next = volume.resolve("next");
        Files.createSymbolicLink(next, i % 2 == 0 ? Path.of("real") : Path.of("../outside"));
        Files.move(next, volume.resolve("way"), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
