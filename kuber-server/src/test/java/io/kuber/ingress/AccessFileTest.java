package io.kuber.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.loop.SimulatedLoops;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessFileTest {
  private static final long LARGEST = 100;

  @TempDir private Path directory;

  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));

  private AccessFile open() throws Exception {
    Path file = directory.resolve("access.log");
    return AccessFile.open(file, LARGEST, loops.clock(), loops.loop("log"));
  }

  private String read(String name) throws Exception {
    return Files.readString(directory.resolve(name));
  }

  private void pass() {
    loops.advance(Duration.ofSeconds(1));
  }

  @Test
  void writesLinesBehindTheirTimeAndThoseOfBefore() throws Exception {
    Files.writeString(directory.resolve("access.log"), "before\n");
    AccessFile file = open();
    file.accept("one");
    file.accept("two");
    pass();
    assertThat(read("access.log"))
        .isEqualTo("before\n2026-01-01T00:00:00Z one\n2026-01-01T00:00:00Z two\n");
  }

  @Test
  void keepsThreeOlderFilesAndNoneIsTooLarge() throws Exception {
    AccessFile file = open();
    for (int i = 0; i < 20; i++) {
      file.accept("a request of about forty bytes, number " + i);
      pass();
    }
    try (Stream<Path> all = Files.list(directory)) {
      assertThat(all)
          .hasSize(4)
          .allSatisfy(each -> assertThat(Files.size(each)).isLessThanOrEqualTo(LARGEST));
    }
    assertThat(read("access.log")).endsWith("number 19\n");
    assertThat(read("access.log.3")).doesNotContain("number 0\n");
  }

  @Test
  void leavesLinesOutWhereTheDiskDoesNotFollowAndSaysSo() throws Exception {
    AccessFile file = open();
    for (int i = 0; i < AccessFile.MOST_WAITING + 7; i++) {
      file.accept("line");
    }
    pass();
    assertThat(read("access.log").lines())
        .hasSize(AccessFile.MOST_WAITING + 1)
        .last()
        .isEqualTo("2026-01-01T00:00:00.100Z 7 lines were left out: the disk did not follow");
  }
}
