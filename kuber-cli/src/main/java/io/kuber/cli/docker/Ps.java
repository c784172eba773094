package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists containers. */
@Command(description = "Lists containers.")
final class Ps extends DockerCommand {
  private static final String TABLE =
      "table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}";

  @Option(
      names = {"-a", "--all"},
      description = "also those that do not run")
  private boolean all;

  @Option(
      names = {"-q", "--quiet"},
      description = "ids alone")
  private boolean quiet;

  @Option(
      names = {"-s", "--size"},
      description = "with what they take of the disk")
  private boolean size;

  @Option(
      names = {"-l", "--latest"},
      description = "the one that was made last")
  private boolean latest;

  @Option(
      names = {"-n", "--last"},
      paramLabel = "COUNT",
      description = "those that were made last")
  private int last = -1;

  @Option(names = "--no-trunc", description = "in full length")
  private boolean whole;

  @Option(
      names = {"-f", "--filter"},
      paramLabel = "NAME=VALUE",
      description = "some of them")
  private List<String> filters = new ArrayList<>();

  @Option(names = "--format", paramLabel = "TEMPLATE", description = "other columns, or json")
  private String format = "";

  @Override
  int run() throws IOException {
    int limit = latest ? 1 : last;
    Target target =
        Target.of("containers", "json")
            .with("all", all)
            .with("size", size || format.contains(".Size"))
            .with("limit", limit > 0 ? Integer.toString(limit) : "")
            .with("filters", Pairs.filters(filters));
    List<Tree> found = engine().items(target).trees();
    Instant now = Instant.now();
    List<Tree> rows = found.stream().map(each -> ContainerRow.of(each, whole, now)).toList();
    if (quiet && format.isEmpty()) {
      rows.forEach(row -> out().println(row.text("ID")));
      return 0;
    }
    String standard = size ? TABLE + "\t{{.Size}}" : TABLE;
    Listing.of(ContainerRow.HEADINGS, standard, format).print(rows, out());
    return 0;
  }

  /** How long ago a moment in seconds since 1970 was. */
  static String age(long seconds, Instant now) {
    return Ages.ago(Duration.between(Instant.ofEpochSecond(seconds), now));
  }
}
