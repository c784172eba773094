package io.kuber.server.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files that were put aside, named after the time at which that was: {@code
 * audit-2026-01-31T10-00-00.000.log} (the names of kube-apiserver's, which other programs look
 * for).
 *
 * @param most of them; 0 for any number
 * @param oldest older ones are removed; zero for any age
 */
record Backups(int most, Duration oldest) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS").withZone(ZoneOffset.UTC);

  private record Backup(Path file, Instant at) {}

  /**
   * Puts a file aside under the time of now, or after the youngest of those there are, and removes
   * those that are too many or too old.
   */
  void take(Path file, Instant now) throws IOException {
    List<Backup> before = all(file);
    Instant youngest = before.isEmpty() ? Instant.MIN : before.get(0).at();
    Files.move(file, name(file, youngest.isBefore(now) ? now : youngest.plusMillis(1)));
    List<Backup> all = all(file);
    for (int i = 0; i < all.size(); i++) {
      boolean isOld = !oldest.isZero() && all.get(i).at().isBefore(now.minus(oldest));
      if (isOld || most > 0 && i >= most) {
        Files.deleteIfExists(all.get(i).file());
      }
    }
  }

  private static Path name(Path file, Instant at) {
    return file.resolveSibling(stem(file) + "-" + TIME.format(at) + ending(file));
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ending(file).length());
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }

  /** Those there are, the youngest first. */
  private static List<Backup> all(Path file) throws IOException {
    List<Backup> found = new ArrayList<>();
    try (Stream<Path> siblings = Files.list(file.toAbsolutePath().resolveSibling("."))) {
      siblings.forEach(each -> time(file, each).ifPresent(at -> found.add(new Backup(each, at))));
    }
    found.sort(Comparator.comparing(Backup::at).reversed());
    return found;
  }

  private static Optional<Instant> time(Path file, Path sibling) {
    String name = String.valueOf(sibling.getFileName());
    String before = stem(file) + "-";
    if (!name.startsWith(before)
        || !name.endsWith(ending(file))
        || name.length() < before.length() + ending(file).length()) {
      return Optional.empty();
    }
    String time = name.substring(before.length(), name.length() - ending(file).length());
    try {
      return Optional.of(TIME.parse(time, Instant::from));
    } catch (DateTimeException isNone) {
      return Optional.empty();
    }
  }
}
