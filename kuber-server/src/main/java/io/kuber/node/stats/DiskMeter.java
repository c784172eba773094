package io.kuber.node.stats;

import io.kuber.linux.Syscalls;
import io.kuber.loop.Loop;
import io.kuber.node.stats.FileUse.Taken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows how much directories take. Walking them takes long, so that it is done on a loop of its
 * own, again and again, and with rests in between; {@link #taken} tells what was found last and may
 * be asked from any thread.
 */
final class DiskMeter {
  private static final Logger LOG = LoggerFactory.getLogger(DiskMeter.class);
  private static final Duration PERIOD = Duration.ofSeconds(20);

  /** Rests are so many times as long as work, so that large directories do not keep a disk busy. */
  private static final int REST = 10;

  private final Syscalls linux;
  private final Loop loop;
  private final InstantSource clock;
  private final Supplier<List<Path>> directories;
  private volatile Map<Path, Taken> taken = Map.of();
  private volatile boolean closed;

  /**
   * A meter of the directories that {@code directories} names each time.
   *
   * @param loop waits for the disk; nothing else may run on it
   */
  DiskMeter(Syscalls linux, Loop loop, InstantSource clock, Supplier<List<Path>> directories) {
    this.linux = linux;
    this.loop = loop;
    this.clock = clock;
    this.directories = directories;
  }

  void begin() {
    loop.execute(this::measure);
  }

  void close() {
    closed = true;
  }

  /** What a directory took when it was last looked at; nothing before. */
  Taken taken(Path directory) {
    return taken.getOrDefault(directory, Taken.NOTHING);
  }

  private void measure() {
    if (closed) {
      return;
    }
    Instant start = clock.instant();
    Map<Path, Taken> found = new HashMap<>();
    for (Path directory : directories.get()) {
      try {
        found.put(directory, DirectorySize.of(linux, directory));
      } catch (IOException e) {
        LOG.debug("cannot find out how much {} takes: {}", directory, e.toString());
      }
    }
    taken = Map.copyOf(found);
    Duration rest = Duration.between(start, clock.instant()).multipliedBy(REST);
    loop.schedule(rest.compareTo(PERIOD) > 0 ? rest : PERIOD, this::measure);
  }
}
