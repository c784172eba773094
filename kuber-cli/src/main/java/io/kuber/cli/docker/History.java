package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an image was made of. */
@Command(description = "Shows the steps of which an image was made.")
final class History extends DockerCommand {
  private static final int SHORT = 45;
  private static final Tree HEADINGS =
      Tree.of(
          "Comment", "COMMENT",
          "CreatedAt", "CREATED AT",
          "CreatedBy", "CREATED BY",
          "CreatedSince", "CREATED",
          "ID", "IMAGE",
          "Size", "SIZE");

  @Option(
      names = {"-q", "--quiet"},
      description = "ids alone")
  private boolean quiet;

  @Option(names = "--no-trunc", description = "in full length")
  private boolean whole;

  @Option(
      names = {"-H", "--human"},
      arity = "1",
      description = "sizes and times for people (default: true)")
  private boolean human = true;

  @Option(names = "--format", paramLabel = "TEMPLATE", description = "other columns, or json")
  private String format = "";

  @Parameters(paramLabel = "IMAGE", description = "a name or id")
  private String image = "";

  @Override
  int run() throws IOException {
    Instant now = Instant.now();
    List<Tree> rows =
        engine().items(Target.of("images", image, "history")).trees().stream()
            .map(step -> row(step, now))
            .toList();
    if (quiet && format.isEmpty()) {
      rows.forEach(row -> out().println(row.text("ID")));
      return 0;
    }
    String created = human ? "{{.CreatedSince}}" : "{{.CreatedAt}}";
    String table = "table {{.ID}}\t" + created + "\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}";
    Listing.of(HEADINGS, table, format).print(rows, out());
    return 0;
  }

  private Tree row(Tree step, Instant now) {
    long created = step.number(0, "Created");
    long size = step.number(0, "Size");
    String by = step.text("CreatedBy").replace('\t', ' ');
    return Tree.of(
        "Comment",
        step.text("Comment"),
        "CreatedAt",
        Instant.ofEpochSecond(created).toString(),
        "CreatedBy",
        whole ? by : ContainerRow.ellipsis(by, SHORT),
        "CreatedSince",
        created <= 0 ? "N/A" : Ps.age(created, now),
        "ID",
        ContainerRow.id(step.text("Id"), whole),
        "Size",
        human ? Sizes.of(size) : Long.toString(size));
  }
}
