package io.kuber.cli.docker;

import io.kuber.cli.output.Columns;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The processes of a container. */
@Command(description = "Shows the processes of a container.")
final class Top extends DockerCommand {
  /** The least width of a column (docker/cli, command/container/top.go). */
  private static final int LEAST = 20;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "a name or id")
  private String name = "";

  @Parameters(index = "1..*", paramLabel = "OPTION", description = "as of ps")
  private List<String> options = new ArrayList<>();

  @Override
  boolean endsFlagsAtFirstWord() {
    return true;
  }

  @Override
  int run() throws IOException {
    Target target = Target.of("containers", name, "top").with("ps_args", String.join(" ", options));
    Tree said = engine().tree(target);
    Columns columns = new Columns(said.items("Titles").texts().toArray(new String[0])).least(LEAST);
    for (Object row : said.items("Processes")) {
      if (row instanceof Items cells) {
        columns.row(cells.texts().toArray(new String[0]));
      }
    }
    columns.lines().forEach(out()::println);
    return 0;
  }
}
