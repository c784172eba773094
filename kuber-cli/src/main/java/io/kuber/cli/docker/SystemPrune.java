package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes whatever nobody uses. */
@Command(description = "Removes containers, networks and images that nobody uses.")
final class SystemPrune extends DockerCommand {
  @Option(
      names = {"-f", "--force"},
      description = "without a question")
  private boolean force;

  @Option(
      names = {"-a", "--all"},
      description = "images with names too")
  private boolean all;

  @Option(names = "--volumes", description = "volumes without names too")
  private boolean volumes;

  @Option(names = "--filter", paramLabel = "NAME=VALUE", description = "some of them")
  private List<String> filters = new ArrayList<>();

  @Override
  int run() throws IOException {
    if (!force && !isSure(warning())) {
      return 0;
    }
    long gained = 0;
    for (String kind : kinds()) {
      List<String> asked = new ArrayList<>(filters);
      if (kind.equals("images")) {
        asked.add("dangling=" + (all ? "false" : "true"));
      }
      Tree said = engine().post(Target.of(kind, "prune").with("filters", Pairs.filters(asked)));
      Pruned.show(kind, said, out());
      gained += said.number(0, "SpaceReclaimed");
    }
    gained += cache();
    out().println("Total reclaimed space: " + Sizes.exact(gained));
    return 0;
  }

  /** Steps of builds that are kept; an engine that keeps none does not know the question. */
  private long cache() throws IOException {
    try {
      return engine()
          .post(Target.of("build", "prune").with("all", all))
          .number(0, "SpaceReclaimed");
    } catch (Refusal e) {
      if (!e.isAbsent()) {
        throw e;
      }
      return 0;
    }
  }

  private List<String> kinds() {
    return volumes
        ? List.of("containers", "networks", "volumes", "images")
        : List.of("containers", "networks", "images");
  }

  private String warning() {
    return "This will remove:\n"
        + "  - all stopped containers\n"
        + "  - all networks not used by at least one container\n"
        + (volumes ? "  - all anonymous volumes not used by at least one container\n" : "")
        + (all
            ? "  - all images without at least one container associated to them\n"
            : "  - all dangling images\n")
        + (all ? "  - all build cache\n" : "  - unused build cache\n");
  }
}
