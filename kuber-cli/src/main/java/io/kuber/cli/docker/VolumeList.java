package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists volumes. */
@Command(description = "Lists volumes.")
final class VolumeList extends DockerCommand {
  private static final Tree HEADINGS =
      Tree.of(
          "Driver", "DRIVER",
          "Labels", "LABELS",
          "Mountpoint", "MOUNTPOINT",
          "Name", "VOLUME NAME",
          "Scope", "SCOPE");

  @Option(
      names = {"-q", "--quiet"},
      description = "names alone")
  private boolean quiet;

  @Option(
      names = {"-f", "--filter"},
      paramLabel = "NAME=VALUE",
      description = "some of them")
  private List<String> filters = new ArrayList<>();

  @Option(names = "--format", paramLabel = "TEMPLATE", description = "other columns, or json")
  private String format = "";

  @Override
  int run() throws IOException {
    Target target = Target.of("volumes").with("filters", Pairs.filters(filters));
    List<Tree> rows =
        engine().tree(target).items("Volumes").trees().stream()
            .map(VolumeList::row)
            .sorted(Comparator.comparing((Tree row) -> row.text("Name")))
            .toList();
    if (quiet && format.isEmpty()) {
      rows.forEach(row -> out().println(row.text("Name")));
      return 0;
    }
    Listing.of(HEADINGS, "table {{.Driver}}\t{{.Name}}", format).print(rows, out());
    return 0;
  }

  private static Tree row(Tree volume) {
    return Tree.of(
        "Driver", volume.text("Driver"),
        "Labels", ContainerRow.texts(volume.tree("Labels")),
        "Mountpoint", volume.text("Mountpoint"),
        "Name", volume.text("Name"),
        "Scope", volume.text("Scope"));
  }
}
