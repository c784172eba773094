package io.kuber.engine.container;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of a container with the machine's numbers ({@code docker top}). */
final class ProcessTable {
  private static final long TICKS = 100;

  private ProcessTable() {}

  /** As the Engine API has it. */
  static Tree of(Path proc, List<Integer> processes) throws IOException {
    List<Items> rows = new ArrayList<>();
    for (int number : processes) {
      Path process = proc.resolve(Integer.toString(number));
      try {
        row(
                Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1),
                Files.readString(process.resolve("cmdline"), StandardCharsets.UTF_8),
                Files.getAttribute(process, "unix:uid").toString())
            .ifPresent(rows::add);
      } catch (NoSuchFileException e) {
        // It has ended meanwhile.
      }
    }
    return Tree.of(
        "Titles",
        Items.of("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"),
        "Processes",
        Items.copyOf(rows));
  }

  /** One row; empty when the kernel says nothing. */
  static Optional<Items> row(String stat, String commandLine, String uid) {
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    if (open < 0 || close < open) {
      return Optional.empty();
    }
    String[] fields = stat.substring(close + 2).split(" ");
    long seconds = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    String time = "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    String command = commandLine.replace('\0', ' ').strip();
    return Optional.of(
        Items.of(
            uid,
            stat.substring(0, open).strip(),
            fields[1],
            "0",
            "-",
            fields[4].equals("0") ? "?" : "pts/" + Long.parseLong(fields[4]) % 256,
            time,
            command.isEmpty() ? "[" + stat.substring(open + 1, close) + "]" : command));
  }
}
