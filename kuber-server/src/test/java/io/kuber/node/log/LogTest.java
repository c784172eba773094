package io.kuber.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.api.LogOptions;
import io.kuber.container.OutputSink.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a writer writes, a reader reads back. */
final class LogTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MIB = 1 << 20;

  private Instant now = START;
  private Path file;
  private LogWriter writer;

  @TempDir private Path directory;

  @BeforeEach
  void open() throws IOException {
    file = directory.resolve("logs/0.log");
    writer = new LogWriter(file, () -> now);
  }

  private void say(String text) {
    writer.accept(Stream.STDOUT, text.getBytes(UTF_8));
  }

  private String read(LogOptions options) throws IOException {
    try (LogReader reader = LogReader.open(file, options, () -> true)) {
      return new String(reader.readAllBytes(), UTF_8);
    }
  }

  private static LogOptions options(boolean timestamps, Optional<Instant> since, long tail) {
    return new LogOptions(
        false,
        false,
        timestamps,
        since,
        tail < 0 ? OptionalLong.empty() : OptionalLong.of(tail),
        OptionalLong.empty());
  }

  @Test
  void readsBackWhatWasWrittenInPieces() throws IOException {
    say("one\ntw");
    writer.accept(Stream.STDERR, "oops\n".getBytes(UTF_8));
    say("o\n");
    assertThat(read(LogOptions.ALL)).isEqualTo("one\noops\ntwo\n");
  }

  @Test
  void keepsALastLineWithoutItsEnd() throws IOException {
    say("one\nno end");
    writer.end();
    assertThat(read(LogOptions.ALL)).isEqualTo("one\nno end");
  }

  @Test
  void joinsThePartsOfAVeryLongLine() throws IOException {
    String line = "x".repeat(50_000);
    say(line + "\nnext\n");
    assertThat(read(LogOptions.ALL)).isEqualTo(line + "\nnext\n");
  }

  @Test
  void showsTheLastLinesOnly() throws IOException {
    say("one\ntwo\nthree\n");
    assertThat(read(options(false, Optional.empty(), 2))).isEqualTo("two\nthree\n");
    assertThat(read(options(false, Optional.empty(), 0))).isEmpty();
  }

  @Test
  void countsAVeryLongLineAsOne() throws IOException {
    String line = "x".repeat(50_000);
    say("one\n" + line + "\n");
    assertThat(read(options(false, Optional.empty(), 1))).isEqualTo(line + "\n");
  }

  @Test
  void showsOnlyWhatIsNewEnough() throws IOException {
    say("old\n");
    now = START.plusSeconds(10);
    say("new\n");
    assertThat(read(options(false, Optional.of(START.plusSeconds(5)), -1))).isEqualTo("new\n");
  }

  @Test
  void putsTheTimeInFrontOfALine() throws IOException {
    say("one\n");
    assertThat(read(options(true, Optional.empty(), -1)))
        .isEqualTo("2026-01-01T00:00:00.000000000Z one\n");
  }

  @Test
  void stopsAfterTheBytesThatWereAskedFor() throws IOException {
    say("one\ntwo\n");
    LogOptions five =
        new LogOptions(
            false, false, false, Optional.empty(), OptionalLong.empty(), OptionalLong.of(5));
    assertThat(read(five)).isEqualTo("one\nt");
  }

  @Test
  void keepsTheOlderPartWhenAFileHasGrownTooLarge() throws IOException {
    String line = "x".repeat(1023) + "\n";
    for (int i = 0; i < 11 * 1024; i++) {
      say(line);
    }
    say("last\n");
    assertThat(LogWriter.older(file)).exists();
    assertThat(Files.size(file)).isLessThan(10L * MIB);
    assertThat(read(options(false, Optional.empty(), 2))).isEqualTo(line + "last\n");
  }

  @Test
  void followsUntilTheContainerEnds() throws Exception {
    LogOptions follow =
        new LogOptions(
            true, false, false, Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
    AtomicBoolean ended = new AtomicBoolean();
    say("one\n");
    try (LogReader reader = LogReader.open(file, follow, ended::get)) {
      assertThat(new String(reader.readNBytes(4), UTF_8)).isEqualTo("one\n");
      CompletableFuture<String> rest =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return new String(reader.readAllBytes(), UTF_8);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      say("two\n");
      ended.set(true);
      assertThat(rest.get(30, TimeUnit.SECONDS)).isEqualTo("two\n");
    }
  }
}
