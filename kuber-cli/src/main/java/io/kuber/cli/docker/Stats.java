package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What containers use, again and again. */
@Command(description = "Shows what containers use of processors, memory, network and disks.")
final class Stats extends DockerCommand {
  private static final String TABLE =
      "table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}"
          + "\t{{.PIDs}}";

  /** Moves to the first line of the terminal and clears what is below. */
  private static final String HOME = "\u001b[H\u001b[J";

  /** Between two tables, besides the time that the engine takes to measure. */
  private static final long PAUSE_MILLIS = 500;

  @Option(
      names = {"-a", "--all"},
      description = "also those that do not run")
  private boolean all;

  @Option(names = "--no-stream", description = "once")
  private boolean once;

  @Option(names = "--no-trunc", description = "in full length")
  private boolean whole;

  @Option(names = "--format", paramLabel = "TEMPLATE", description = "other columns, or json")
  private String format = "";

  @Parameters(paramLabel = "CONTAINER", description = "names or ids; without any, all that run")
  private List<String> names = new ArrayList<>();

  @Override
  int run() throws IOException, InterruptedException {
    Listing listing = Listing.of(StatsRow.HEADINGS, TABLE, format);
    if (once) {
      listing.print(rows(), out());
      return 0;
    }
    while (!Thread.interrupted()) {
      List<Tree> rows = rows();
      out().print(HOME);
      listing.print(rows, out());
      out().flush();
      Thread.sleep(PAUSE_MILLIS);
    }
    return 0;
  }

  private List<Tree> rows() throws IOException {
    List<Tree> rows = new ArrayList<>();
    for (String name : names.isEmpty() ? present() : names) {
      Target target = Target.of("containers", name, "stats").with("stream", "0");
      rows.add(StatsRow.of(engine().tree(target), whole));
    }
    return rows;
  }

  private List<String> present() throws IOException {
    return engine().items(Target.of("containers", "json").with("all", all)).trees().stream()
        .map(each -> each.text("Id"))
        .toList();
  }
}
