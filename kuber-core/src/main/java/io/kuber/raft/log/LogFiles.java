package io.kuber.raft.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The segments of a log, in their order. */
final class LogFiles {
  /** Where a log begins. */
  static final long FIRST = 0;

  private final List<SegmentFile> segments;

  private LogFiles(List<SegmentFile> segments) {
    this.segments = segments;
  }

  /** The segments in a directory; none when there is no directory. */
  static LogFiles in(Path directory) throws IOException {
    List<SegmentFile> segments = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.filter(SegmentFile::isOne).toList()) {
          segments.add(SegmentFile.of(file));
        }
      }
    }
    segments.sort(Comparator.comparingLong(SegmentFile::first));
    return new LogFiles(segments);
  }

  boolean isEmpty() {
    return segments.isEmpty();
  }

  /** Reads every entry of every segment, cuts off an interrupted write, throws at other damage. */
  void repair() throws IOException {
    for (SegmentFile segment : segments) {
      segment.repair();
    }
  }

  /** Hands over all entries in their order; the end of the open segment may be torn. */
  void read(SegmentFile.Reader reader) throws IOException {
    for (SegmentFile segment : segments) {
      segment.read(reader);
    }
  }

  /** Throws unless the log goes on right behind {@code entry} and then has no gap. */
  void checkBehind(long entry) throws DamageException {
    long next = entry + 1;
    for (SegmentFile segment : segments) {
      if (segment.last() < next) {
        continue;
      }
      if (segment.first() > next) {
        throw new DamageException(
            "entries "
                + next
                + " to "
                + (segment.first() - 1)
                + " of the log are missing before "
                + segment.path()
                + ", and no snapshot has them");
      }
      next = segment.isOpen() ? next : segment.last() + 1;
    }
  }
}
