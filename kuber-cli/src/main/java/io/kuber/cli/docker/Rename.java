package io.kuber.cli.docker;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a container another name. */
@Command(description = "Gives a container another name.")
final class Rename extends DockerCommand {
  @Parameters(index = "0", paramLabel = "CONTAINER", description = "a name or id")
  private String name = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "the new one")
  private String other = "";

  @Override
  int run() throws IOException {
    engine().post(Target.of("containers", name, "rename").with("name", other));
    return 0;
  }
}
