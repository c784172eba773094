package io.kuber.engine.container;

import io.kuber.container.OutputSink.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a container's log keeps, line by line; the older file of two comes first. */
final class LogLines {
  private static final int HEAD = " stdout F ".length();

  private LogLines() {}

  /**
   * One line, with its end where it has one.
   *
   * @param time as RFC 3339 has it
   */
  record Line(String time, Stream stream, byte[] text) {}

  /** Reads all of a log. */
  static List<Line> read(Path log) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (Path file : List.of(log.resolveSibling(log.getFileName() + ".1"), log)) {
      if (Files.exists(file)) {
        parse(Files.readAllBytes(file), lines);
      }
    }
    return lines;
  }

  private static void parse(byte[] bytes, List<Line> into) {
    int from = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        line(bytes, from, at, into);
        from = at + 1;
      }
    }
  }

  private static void line(byte[] bytes, int from, int to, List<Line> into) {
    String head = new String(bytes, from, Math.min(to - from, 64), StandardCharsets.ISO_8859_1);
    int space = head.indexOf(' ');
    // A loss of power leaves half a line, to which the next one is written.
    if (space < 0 || from + space + HEAD > to || !isTime(head.substring(0, space))) {
      return;
    }
    int content = from + space + HEAD;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.write(bytes, content, to - content);
    if (bytes[content - 2] == 'F') {
      text.write('\n');
    }
    Stream stream = head.startsWith("stderr", space + 1) ? Stream.STDERR : Stream.STDOUT;
    into.add(new Line(head.substring(0, space), stream, text.toByteArray()));
  }

  private static boolean isTime(String text) {
    try {
      Instant.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Those of a time; negative {@code tail} for all. */
  static List<Line> select(List<Line> lines, Instant since, Instant until, long tail) {
    List<Line> shown =
        lines.stream()
            .filter(
                line -> {
                  Instant time = Instant.parse(line.time());
                  return !time.isBefore(since) && !time.isAfter(until);
                })
            .toList();
    return tail < 0 || tail >= shown.size()
        ? shown
        : shown.subList(shown.size() - (int) tail, shown.size());
  }
}
