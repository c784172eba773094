package io.kuber.node.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.container.ContainerMount;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class BuiltInImagesTest {
  @TempDir Path directory;

  @Test
  void makesHostImageOfLinksAndTheUsrOfTheMachine() {
    Image image = ImageStore.builtIn(directory).find("kuber.io/host:any");
    Path root = image.layers().get(0);
    assertThat(root.resolve("etc/passwd")).content().contains("root:x:0:0");
    assertThat(root.resolve("tmp")).isDirectory();
    assertThat(image.mounts())
        .contains(new ContainerMount.Bind(Path.of("/usr"), "/usr", true))
        .allMatch(mount -> mount instanceof ContainerMount.Bind bind && bind.readOnly());
    assertThat(image.config().command()).containsExactly("/bin/sh");
  }

  @Test
  void makesHostImageOfEarlierRunAgain() {
    ImageStore.builtIn(directory).find("kuber.io/host");
    Image image = ImageStore.builtIn(directory).find("kuber.io/host");
    assertThat(image.layers().get(0)).isDirectory();
  }

  @Test
  void saysThatItHasNoOtherImages() {
    assertThatThrownBy(() -> ImageStore.builtIn(directory).find("nginx:1.25"))
        .isInstanceOf(ImagePullException.class)
        .hasMessage("cannot pull nginx:1.25; built-in images: kuber.io/host, kuber.io/kuard");
  }

  @Test
  void tellsRepositoryFromTag() {
    assertThat(BuiltInImages.repository("localhost:5000/a/b:1")).isEqualTo("localhost:5000/a/b");
    assertThat(BuiltInImages.repository("localhost:5000/a")).isEqualTo("localhost:5000/a");
    assertThat(BuiltInImages.tag("kuber.io/kuard:blue@sha256:00")).isEqualTo("blue");
    assertThat(BuiltInImages.tag("kuber.io/kuard")).isEqualTo("latest");
  }

  @Test
  void keepsIdentityOfTags() {
    ImageStore store = ImageStore.builtIn(directory);
    assertThat(store.find("kuber.io/host").id()).isEqualTo(store.find("kuber.io/host:latest").id());
    assertThat(store.find("kuber.io/host:2").id()).isNotEqualTo(store.find("kuber.io/host:1").id());
    assertThat(Files.exists(directory.resolve("kuard")))
        .as("made before it is asked for")
        .isFalse();
  }
}
