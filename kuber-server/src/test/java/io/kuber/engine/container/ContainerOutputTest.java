package io.kuber.engine.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.container.OutputSink.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ContainerOutputTest {
  @TempDir Path directory;

  private ContainerOutput output() {
    return new ContainerOutput(directory.resolve("log"), InstantSource.system());
  }

  @Test
  void keepsNoMoreForWhoDoesNotReadHoweverMuchComes() throws Exception {
    ContainerOutput output = output();
    byte[] piece = new byte[1 << 20];
    try (ContainerOutput.Follower follower = output.follow()) {
      for (int i = 0; i < 3 << 10; i++) {
        output.accept(Stream.STDOUT, piece); // 3 GiB, more than an int counts.
      }
      long kept = 0;
      for (var next = follower.next(); next.isPresent(); next = follower.next()) {
        kept += next.get().bytes().length;
      }
      assertThat(kept).isLessThanOrEqualTo(ContainerOutput.WAITING_BYTES);
    }
  }

  @Test
  @Timeout(60)
  void letsNobodyFollowWhatHasEnded() throws Exception {
    ContainerOutput output = output();
    output.begin();
    output.accept(Stream.STDOUT, "line\n".getBytes(UTF_8));
    output.end();
    ContainerOutput.Backlog backlog = output.backlog();
    assertThat(backlog.lines()).hasSize(1);
    try (ContainerOutput.Follower follower = backlog.follower()) {
      assertThat(follower.next()).isEqualTo(Optional.empty());
    }
  }

  @Test
  void readsOnBehindALineThatALossOfPowerHasTorn() throws IOException {
    Files.writeString(
        directory.resolve("log"),
        """
        2026-01-01T00:00:2026-01-02T00:00:00Z stdout F torn
        2026-01-02T00:00:01Z stdout F whole
        """);
    var lines = LogLines.read(directory.resolve("log"));
    assertThat(LogLines.select(lines, Instant.EPOCH, Instant.MAX, -1))
        .extracting(line -> new String(line.text(), UTF_8))
        .containsExactly("whole\n");
  }
}
