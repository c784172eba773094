package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A node whose directory has a longer name than the kernel takes for a socket. */
final class LongPathTest {
  private static final int LONGEST_SOCKET = 108;

  @TempDir private static Path directory;

  @RegisterExtension
  private static final NodeBench BENCH =
      new NodeBench(() -> directory.resolve("d".repeat(LONGEST_SOCKET)));

  @Test
  void runsPodsWithoutAContainerEngine() {
    assertThat(EnginePlace.socketIn(BENCH.data())).doesNotExist();
    BENCH.run(
        "{metadata: {name: one}, spec: {restartPolicy: Never, containers: [{name: main,"
            + " image: kuber.io/host, command: [echo, hello]}]}}");
    assertThat(BENCH.awaitOutput("one")).isEqualTo("hello\n");
  }
}
