package io.kuber.cli.docker;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All that the engine knows of something. */
@Command(description = "Shows all that is known of a container, image, network or volume.")
final class Inspect extends DockerCommand {
  /** In which order a name is looked for (docker/cli, command/system/inspect.go). */
  private static final List<String> KINDS = List.of("container", "image", "network", "volume");

  private final String fixed;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "TEMPLATE",
      description = "some of it, or json")
  private String format = "";

  @Option(
      names = {"-s", "--size"},
      description = "with what a container takes of the disk")
  private boolean size;

  @Option(
      names = {"-v", "--verbose"},
      description = "as much as there is")
  private boolean verbose;

  @Option(names = "--type", paramLabel = "KIND", description = "container, image, network, volume")
  private String kind = "";

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "names or ids")
  private List<String> names = new ArrayList<>();

  /** {@code fixed} says of what; empty for anything. */
  Inspect(String fixed) {
    this.fixed = fixed;
  }

  @Override
  int run() throws IOException {
    String only = fixed.isEmpty() ? kind : fixed;
    if (!only.isEmpty() && !KINDS.contains(only)) {
      throw misused("--type: " + only + " is none of " + String.join(", ", KINDS));
    }
    Optional<Template> template =
        format.isEmpty() || format.equals("json")
            ? Optional.empty()
            : Optional.of(Template.parse(format));
    Items found = Items.EMPTY;
    int code = 0;
    for (String name : names) {
      Optional<Tree> one = find(only.isEmpty() ? KINDS : List.of(only), name);
      if (one.isPresent()) {
        Tree tree = one.get();
        template.ifPresent(each -> out().println(each.render(tree)));
        found = found.plus(tree);
      } else {
        String what = only.isEmpty() ? "object" : only;
        err().println("Error: No such " + what + ": " + name);
        code = 1;
      }
    }
    if (format.equals("json")) {
      out().println(new String(Json.print(found), StandardCharsets.UTF_8));
    } else if (template.isEmpty()) {
      out().println(Json.prettyText(found, 0));
    }
    return code;
  }

  private Optional<Tree> find(List<String> kinds, String name) throws IOException {
    for (String each : kinds) {
      try {
        return Optional.of(engine().tree(target(each, name)));
      } catch (Refusal e) {
        if (!e.isAbsent()) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  private Target target(String each, String name) {
    return switch (each) {
      case "container" -> Target.of("containers", name, "json").with("size", size);
      case "image" -> Target.of("images", name, "json");
      case "network" -> Target.of("networks", name).with("verbose", verbose);
      default -> Target.of("volumes", name);
    };
  }
}
