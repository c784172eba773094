package io.kuber.node.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class KuardImageTest {
  @TempDir Path directory;

  @Test
  void packsApplicationFromClassPath() throws Exception {
    Image image = ImageStore.builtIn(directory).find("kuber.io/kuard:blue");
    Path jar = image.layers().get(0).resolve("kuard/kuard.jar");
    try (JarFile file = new JarFile(jar.toFile())) {
      assertThat(file.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("io.kuber.kuard.Kuard");
      assertThat(file.stream().map(entry -> entry.getName()))
          .contains("io/kuber/kuard/Kuard.class")
          .allMatch(name -> name.startsWith("io/kuber/kuard/") || name.startsWith("META-INF/"));
    }
    assertThat(image.config().entrypoint()).endsWith("-jar", "/kuard/kuard.jar");
    assertThat(image.config().environment()).containsEntry("KUARD_VERSION", "blue");
  }
}
