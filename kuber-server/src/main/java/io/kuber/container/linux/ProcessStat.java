package io.kuber.container.linux;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code /proc/<pid>/stat} says of a process. A number is given to another process later; the
 * number and the time of its start together are not.
 *
 * @param parent the number of its parent
 * @param startTime in ticks since the machine started
 */
record ProcessStat(int parent, long startTime) {
  private static final int PARENT = 1;
  private static final int START_TIME = 19;

  /** The process of a number; empty when there is none. */
  static Optional<ProcessStat> of(int pid) {
    String stat = KernelFiles.readOr(Path.of("/proc", Integer.toString(pid), "stat"), "");
    int nameEnd = stat.lastIndexOf(')');
    if (nameEnd < 0) {
      return Optional.empty();
    }
    // The name may contain anything, so counting begins after it, with the state.
    List<String> fields = List.of(stat.substring(nameEnd + 2).split(" ", -1));
    return Optional.of(
        new ProcessStat(
            Integer.parseInt(fields.get(PARENT)), Long.parseLong(fields.get(START_TIME))));
  }
}
