package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists networks. */
@Command(description = "Lists networks.")
final class NetworkList extends DockerCommand {
  private static final Tree HEADINGS =
      Tree.of(
          "CreatedAt", "CREATED AT",
          "Driver", "DRIVER",
          "ID", "NETWORK ID",
          "Internal", "INTERNAL",
          "Labels", "LABELS",
          "Name", "NAME",
          "Scope", "SCOPE");

  @Option(
      names = {"-q", "--quiet"},
      description = "ids alone")
  private boolean quiet;

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
    Target target = Target.of("networks").with("filters", Pairs.filters(filters));
    List<Tree> rows =
        engine().items(target).trees().stream()
            .map(this::row)
            .sorted(Comparator.comparing((Tree row) -> row.text("Name")))
            .toList();
    if (quiet && format.isEmpty()) {
      rows.forEach(row -> out().println(row.text("ID")));
      return 0;
    }
    String table = "table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}";
    Listing.of(HEADINGS, table, format).print(rows, out());
    return 0;
  }

  private Tree row(Tree network) {
    return Tree.of(
        "CreatedAt", network.text("Created"),
        "Driver", network.text("Driver"),
        "ID", ContainerRow.id(network.text("Id"), whole),
        "Internal", Boolean.toString(network.isTrue("Internal")),
        "Labels", ContainerRow.texts(network.tree("Labels")),
        "Name", network.text("Name"),
        "Scope", network.text("Scope"));
  }
}
