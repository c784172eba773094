package io.kuber.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of 100,000 pods, 200 MB as JSON, in a heap of 96 MB. */
final class LongListTest {
  private static final long PATIENCE_SECONDS = 300;

  @Test
  void listsMorePodsThanItsMemoryHolds(@TempDir Path directory) throws Exception {
    Path output = directory.resolve("output");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LongList.class.getName(),
                directory.resolve("pki").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as(Files.readString(output))
          .isTrue();
      assertThat(program.exitValue()).as(Files.readString(output)).isZero();
      assertThat(Long.parseLong(Files.readString(output).strip()))
          .isGreaterThan((long) LongList.PODS * LongList.POD_BYTES);
    } finally {
      program.destroyForcibly();
    }
  }
}
