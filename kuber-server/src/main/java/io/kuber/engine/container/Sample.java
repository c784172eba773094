package io.kuber.engine.container;

import com.google.common.base.Splitter;
import io.kuber.container.Usage;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a container had used at a moment, and the machine.
 *
 * @param at when
 * @param usage of the container
 * @param machineNanos processor time of all processors of the machine, idle time included
 * @param networks bytes and packets of its links, as the Engine API has them
 */
record Sample(Instant at, Usage usage, long machineNanos, Tree networks) {
  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings().trimResults();

  /** The kernel counts in hundredths (USER_HZ). */
  private static final long NANOS_A_TICK = 10_000_000;

  private static final int RECEIVED_BYTES = 0;
  private static final int RECEIVED_PACKETS = 1;
  private static final int SENT_BYTES = 8;
  private static final int SENT_PACKETS = 9;

  /** Of a container that does not run, or of no moment at all. */
  static Sample nothing(Instant at) {
    return new Sample(at, Usage.NONE, 0, Tree.EMPTY);
  }

  /**
   * Of a container that runs.
   *
   * @param process its first
   */
  static Sample take(Instant at, Usage usage, Path proc, int process) throws IOException {
    return new Sample(
        at,
        usage,
        machineNanos(Files.readAllLines(proc.resolve("stat")).get(0)),
        networks(lines(proc.resolve(Integer.toString(process)).resolve("net/dev"))));
  }

  /** It may have ended meanwhile. */
  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException gone) {
      return List.of();
    }
  }

  /** The line {@code cpu} of {@code /proc/stat}: user, nice, system, idle and so on (proc(5)). */
  static long machineNanos(String line) {
    return WORDS.splitToStream(line).skip(1).limit(8).mapToLong(Long::parseLong).sum()
        * NANOS_A_TICK;
  }

  /** The lines of {@code /proc/PID/net/dev}, without those of the link to itself. */
  static Tree networks(List<String> lines) {
    Tree all = Tree.EMPTY;
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 0 || line.substring(0, colon).strip().equals("lo")) {
        continue;
      }
      List<Long> counts = new ArrayList<>();
      WORDS.split(line.substring(colon + 1)).forEach(word -> counts.add(Long.valueOf(word)));
      all =
          all.with(
              line.substring(0, colon).strip(),
              Tree.of(
                  "rx_bytes", counts.get(RECEIVED_BYTES),
                  "rx_packets", counts.get(RECEIVED_PACKETS),
                  "tx_bytes", counts.get(SENT_BYTES),
                  "tx_packets", counts.get(SENT_PACKETS)));
    }
    return all;
  }

  private Tree processors(int count) {
    return Tree.of(
        "cpu_usage",
        Tree.of("total_usage", usage.cpuNanos()),
        "system_cpu_usage",
        machineNanos,
        "online_cpus",
        (long) count);
  }

  /**
   * As the Engine API has it, with the sample before it, from which clients reckon percentages.
   *
   * @param limit how much memory it may use
   */
  Tree tree(Sample before, String id, String name, int processors, long limit) {
    long droppable = usage.memoryBytes() - usage.workingSetBytes();
    return Tree.builder()
        .put("read", at.toString())
        .put("preread", before.at.toString())
        .put("id", id)
        .put("name", "/" + name)
        .put("pids_stats", Tree.of("current", usage.pids()))
        .put("networks", networks)
        .put(
            "memory_stats",
            Tree.of(
                "usage",
                usage.memoryBytes(),
                "limit",
                limit,
                "stats",
                Tree.of("total_inactive_file", droppable, "inactive_file", droppable)))
        .put("blkio_stats", Tree.of("io_service_bytes_recursive", Items.EMPTY))
        .put("cpu_stats", processors(processors))
        .put("precpu_stats", before.processors(processors))
        .build();
  }
}
