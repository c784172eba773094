package io.kuber.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.container.linux.LinuxContainers;
import io.kuber.engine.VolumeShelf;
import io.kuber.node.image.Image;
import io.kuber.node.image.ImageConfig;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new volume gets of its image. */
class MountingTest {
  @TempDir Path directory;
  private Path secret;
  private Path top;
  private Path below;
  private Path volume;

  @BeforeEach
  void makeFiles() throws IOException {
    var host = LinuxContainers.probe();
    assumeTrue(host.canRunContainers(), () -> "containers: " + host.obstacles());
    secret = Files.createDirectories(directory.resolve("machine/secret"));
    Files.writeString(secret.resolve("key"), "of the machine");
    top = Files.createDirectory(directory.resolve("top"));
    below = Files.createDirectory(directory.resolve("below"));
    volume = Files.createDirectory(directory.resolve("volume"));
  }

  private void mount(String target) throws IOException {
    VolumeShelf volumes =
        new VolumeShelf() {
          @Override
          public Volume claim(String name) {
            return new Volume(name, volume, true);
          }

          @Override
          public void remove(String name) {
            throw new AssertionError(name);
          }
        };
    new Mounting(FakeGround.with(volumes, directory), directory)
        .all(
            new ContainerRecord(
                "0123456789abcdef",
                "name",
                InstantSource.system().instant().toString(),
                "image",
                Tree.of("Volumes", Tree.of(target, Tree.EMPTY)),
                Tree.EMPTY,
                Tree.EMPTY,
                Map.of(target, "v"),
                ContainerState.CREATED,
                0,
                false),
            new Image(
                "image",
                "image",
                List.of(top, below),
                List.of(),
                new ImageConfig(List.of(), List.of(), Map.of(), "", "/")),
            directory);
  }

  @Test
  void beginsWithWhatAllLayersHaveThere() throws IOException {
    Files.writeString(Files.createDirectories(top.resolve("data")).resolve("a"), "1");
    Files.writeString(Files.createDirectories(below.resolve("data/sub")).resolve("b"), "2");
    mount("/data");
    assertThat(volume.resolve("a")).hasContent("1");
    assertThat(volume.resolve("sub/b")).hasContent("2");
  }

  @Test
  void takesNothingOfTheMachineThroughALinkInTheImage() throws IOException {
    Files.createSymbolicLink(top.resolve("data"), secret);
    mount("/data");
    assertThat(Files.isSymbolicLink(volume)).as("the volume is still a directory").isFalse();
    assertThat(volume).isEmptyDirectory();
  }

  @Test
  void takesNothingOfTheMachineThroughALinkAboveThePlace() throws IOException {
    Files.createSymbolicLink(top.resolve("way"), secret.getParent());
    mount("/way/secret");
    assertThat(volume).isEmptyDirectory();
  }

  @Test
  void followsLinksWithinTheImage() throws IOException {
    Files.writeString(Files.createDirectories(below.resolve("var/lib/app")).resolve("a"), "1");
    Files.createSymbolicLink(top.resolve("data"), Path.of("/var/lib/app"));
    mount("/data");
    assertThat(volume.resolve("a")).hasContent("1");
  }
}
