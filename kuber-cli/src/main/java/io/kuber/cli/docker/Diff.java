package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What a container has changed of its image's files. */
@Command(description = "Shows which files a container has changed.")
final class Diff extends DockerCommand {
  /** Changed, added, deleted: the engine's numbers. */
  private static final String KINDS = "CAD";

  @Parameters(paramLabel = "CONTAINER", description = "a name or id")
  private String name = "";

  @Override
  int run() throws IOException {
    for (Tree change : engine().items(Target.of("containers", name, "changes")).trees()) {
      out().println(KINDS.charAt((int) change.number(0, "Kind")) + " " + change.text("Path"));
    }
    return 0;
  }
}
