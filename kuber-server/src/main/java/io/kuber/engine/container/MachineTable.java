package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The processes of a container as the machine's {@code ps} shows them, with options of people's own
 * ({@code docker top web -o pid,cmd}).
 *
 * @param options of {@code ps}
 */
record MachineTable(String options) {
  private static final int MOST_BYTES = 4 << 20;
  private static final int LIMIT_SECONDS = 20;

  /** Options are words of these; none can name a file. */
  private static final String WORDS = "[-a-zA-Z0-9,=:+%_ ]{1,256}";

  /**
   * As the Engine API has it.
   *
   * @throws EngineException 400 for options that {@code ps} does not know or that leave out the
   *     numbers of processes, 500 when the machine has no {@code ps}
   */
  Tree of(List<Integer> processes) throws IOException {
    if (!options.matches(WORDS)) {
      throw EngineException.malformed("ps_args: invalid options of ps: " + options);
    }
    List<String> line = new ArrayList<>(List.of("ps"));
    line.addAll(List.of(options.strip().split(" +")));
    Process ps;
    try {
      ps = new ProcessBuilder(line).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new EngineException(
          500, "ps_args: this machine has no ps; only -ef works without: " + e.getMessage(), e);
    }
    return select(said(ps), processes);
  }

  private String said(Process ps) throws IOException {
    try (InputStream out = ps.getInputStream()) {
      ps.getOutputStream().close();
      String text = new String(out.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      if (!ps.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || ps.exitValue() != 0) {
        throw EngineException.malformed("ps_args: ps " + options + ": " + text.strip());
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while ps runs", e);
    } finally {
      ps.destroyForcibly();
    }
  }

  /** The rows of these processes; the last column has all that is left of a line. Pure. */
  static Tree select(String table, List<Integer> processes) {
    List<String> lines = table.lines().toList();
    List<String> titles = lines.isEmpty() ? List.of() : List.of(lines.get(0).strip().split("\\s+"));
    int pid = titles.indexOf("PID");
    if (pid < 0) {
      throw EngineException.malformed("ps_args: Couldn't find PID field in ps output");
    }
    Set<String> wanted = processes.stream().map(String::valueOf).collect(Collectors.toSet());
    List<Items> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> fields = List.of(line.strip().split("\\s+", titles.size()));
      if (fields.size() > pid && wanted.contains(fields.get(pid))) {
        rows.add(Items.copyOf(fields));
      }
    }
    return Tree.of("Titles", Items.copyOf(titles), "Processes", Items.copyOf(rows));
  }
}
