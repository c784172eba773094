package io.kuber.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateDirectoryTest {
  @TempDir private Path directory;

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void isClosedToOthersWithAllThatHadToBeMadeAboveIt() throws IOException {
    Path made = PrivateDirectory.make(directory.resolve("a/b"));
    assertThat(mode(made)).isEqualTo("rwx------");
    assertThat(mode(directory.resolve("a"))).isEqualTo("rwx------");
  }

  @Test
  void closesOneThatWasOpen() throws IOException {
    Path open = open();
    assertThat(mode(PrivateDirectory.make(open))).isEqualTo("rwx------");
  }

  @Test
  void leavesOneAloneThatIsSomebodyElsesToClose() throws IOException {
    Path open = open();
    assertThat(mode(PrivateDirectory.makeIfMissing(open))).isEqualTo("rwxr-xr-x");
  }

  private Path open() throws IOException {
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    return open;
  }
}
