package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes what nobody uses, of one kind. */
@Command(description = "Removes those that nobody uses, after a question.")
final class Prune extends DockerCommand {
  private static final Map<String, String> WARNINGS =
      Map.of(
          "containers", "This will remove all stopped containers.",
          "images", "This will remove all dangling images.",
          "networks", "This will remove all custom networks not used by at least one container.",
          "volumes",
              "This will remove anonymous local volumes not used by at least one container.");

  private static final String ALL_IMAGES =
      "This will remove all images without at least one container associated to them.";
  private static final String ALL_VOLUMES =
      "This will remove all local volumes not used by at least one container.";

  private final String kind;

  @Option(
      names = {"-f", "--force"},
      description = "without a question")
  private boolean force;

  @Option(
      names = {"-a", "--all"},
      description = "images with names too; volumes with names too")
  private boolean all;

  @Option(names = "--filter", paramLabel = "NAME=VALUE", description = "some of them")
  private List<String> filters = new ArrayList<>();

  /** {@code kind} is containers, images, networks or volumes. */
  Prune(String kind) {
    this.kind = kind;
  }

  @Override
  int run() throws IOException {
    boolean named = kind.equals("images") || kind.equals("volumes");
    if (all && !named) {
      throw misused("unknown shorthand flag: 'a' in -a");
    }
    if (!force && !isSure(warning())) {
      return 0;
    }
    List<String> asked = new ArrayList<>(filters);
    if (kind.equals("images")) {
      asked.add("dangling=" + (all ? "false" : "true"));
    } else if (all) {
      asked.add("all=true");
    }
    Tree said = engine().post(Target.of(kind, "prune").with("filters", Pairs.filters(asked)));
    Pruned.show(kind, said, out());
    if (!kind.equals("networks")) {
      out().println("Total reclaimed space: " + Sizes.exact(said.number(0, "SpaceReclaimed")));
    }
    return 0;
  }

  private String warning() {
    if (all) {
      return kind.equals("images") ? ALL_IMAGES : ALL_VOLUMES;
    }
    return WARNINGS.getOrDefault(kind, "");
  }
}
