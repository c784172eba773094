package io.kuber.node.stats;

import io.kuber.container.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the machine as a whole uses. It is read from {@code /proc} rather than from the root control
 * group, which has no memory figures in version 2, and is not there at all inside a container.
 *
 * @param used by all processes together
 * @param memoryBytes what there is
 * @param maxPids as many processes and threads as there can be
 * @param links its network interfaces
 */
public record MachineUse(Usage used, long memoryBytes, long maxPids, List<LinkUse> links) {
  /** Of a line {@code cpu}: user, nice, system, then idle and waiting, then interrupts, stolen. */
  private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7, 8);

  /** {@code USER_HZ}: a hundredth of a second on all machines that Java runs on. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final long BYTES_PER_KI = 1024;

  /** Copies the list. */
  public MachineUse {
    links = List.copyOf(links);
  }

  /** What the kernel says at this moment; {@code proc} is where that is mounted. */
  static MachineUse read(Path proc) throws IOException {
    Map<String, Long> memory = pairs(KernelFile.read(proc.resolve("meminfo")), BYTES_PER_KI);
    Map<String, Long> faults = pairs(KernelFile.read(proc.resolve("vmstat")), 1);
    long total = memory.getOrDefault("MemTotal", 0L);
    long used = total - memory.getOrDefault("MemFree", 0L);
    Usage usage =
        new Usage(
            cpuNanos(KernelFile.read(proc.resolve("stat"))),
            used,
            Math.max(0, used - memory.getOrDefault("Inactive(file)", 0L)),
            memory.getOrDefault("AnonPages", 0L),
            faults.getOrDefault("pgfault", 0L),
            faults.getOrDefault("pgmajfault", 0L),
            threads(KernelFile.read(proc.resolve("loadavg"))));
    long maxPids = Long.parseLong(KernelFile.read(proc.resolve("sys/kernel/pid_max")).strip());
    return new MachineUse(
        usage, total, maxPids, LinkUse.parse(KernelFile.read(proc.resolve("net/dev"))));
  }

  /** Memory that could be had before anybody is harmed (eviction signal memory.available). */
  public long availableBytes() {
    return Math.max(0, memoryBytes - used.workingSetBytes());
  }

  /** The time of all processors since the machine started in which they were not idle. */
  static long cpuNanos(String stat) {
    String[] fields = stat.lines().findFirst().orElse("").split("\\s+");
    return BUSY.stream()
        .filter(index -> index < fields.length)
        .mapToLong(index -> Long.parseLong(fields[index]) * NANOS_PER_TICK)
        .sum();
  }

  /** The fourth field of loadavg is {@code running/all}. */
  private static long threads(String loadavg) {
    String counts = loadavg.strip().split(" ")[3];
    return Long.parseLong(counts.substring(counts.indexOf('/') + 1));
  }

  /** Lines of a name and a number, with a colon in between or not. */
  private static Map<String, Long> pairs(String text, long unit) {
    Map<String, Long> pairs = new HashMap<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(":?\\s+");
      if (words.length > 1 && words[1].chars().allMatch(Character::isDigit)) {
        pairs.put(words[0], Long.parseLong(words[1]) * unit);
      }
    }
    return pairs;
  }
}
