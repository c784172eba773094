package io.kuber.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir private Path directory;
  private Instant now = NOON;

  private RotatingFile open(int mostBytes, int backups, Duration oldest) throws IOException {
    return new RotatingFile(
        directory.resolve("sub/audit.log"), mostBytes, new Backups(backups, oldest), () -> now);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("sub"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String content(String name) throws IOException {
    return Files.readString(directory.resolve("sub").resolve(name));
  }

  private static byte[] line(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void writesLinesThatOnlyItsOwnerReads() throws IOException {
    try (RotatingFile file = open(100, 0, Duration.ZERO)) {
      file.write(line("one"));
      file.write(line("two"));
    }
    assertThat(content("audit.log")).isEqualTo("one\ntwo\n");
    assertThat(Files.getPosixFilePermissions(directory.resolve("sub/audit.log")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void goesOnBehindWhatIsThere() throws IOException {
    open(100, 0, Duration.ZERO).write(line("one"));
    try (RotatingFile again = open(100, 0, Duration.ZERO)) {
      again.write(line("two"));
    }
    assertThat(content("audit.log")).isEqualTo("one\ntwo\n");
  }

  @Test
  void putsAFullFileAsideUnderItsTime() throws IOException {
    try (RotatingFile file = open(8, 0, Duration.ZERO)) {
      file.write(line("one"));
      file.write(line("two"));
      file.write(line("three"));
    }
    assertThat(names()).containsExactly("audit-2026-01-31T12-00-00.000.log", "audit.log");
    assertThat(content("audit-2026-01-31T12-00-00.000.log")).isEqualTo("one\ntwo\n");
    assertThat(content("audit.log")).isEqualTo("three\n");
  }

  @Test
  void writesALineThatIsLargerThanAFile() throws IOException {
    try (RotatingFile file = open(3, 0, Duration.ZERO)) {
      file.write(line("larger"));
    }
    assertThat(content("audit.log")).isEqualTo("larger\n");
  }

  @Test
  void keepsAsManyAsAreWanted() throws IOException {
    try (RotatingFile file = open(1, 2, Duration.ZERO)) {
      for (int i = 0; i < 5; i++) {
        file.write(line("line " + i));
      }
    }
    assertThat(names())
        .containsExactly(
            "audit-2026-01-31T12-00-00.002.log", "audit-2026-01-31T12-00-00.003.log", "audit.log");
    assertThat(content("audit-2026-01-31T12-00-00.003.log")).isEqualTo("line 3\n");
  }

  @Test
  void removesWhatIsTooOldAndNothingElse() throws IOException {
    try (RotatingFile file = open(1, 0, Duration.ofDays(1))) {
      file.write(line("first"));
      file.write(line("second"));
      Files.writeString(directory.resolve("sub/audit-notes.log"), "mine");
      now = NOON.plus(Duration.ofHours(25));
      file.write(line("third"));
    }
    assertThat(names())
        .containsExactly("audit-2026-02-01T13-00-00.000.log", "audit-notes.log", "audit.log");
  }
}
