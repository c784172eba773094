package io.kuber.cli.docker;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes a container and leaves it unstarted. */
@Command(description = "Makes a container and prints its id.")
final class Create extends DockerCommand {
  @Mixin private ContainerFlags container = new ContainerFlags();

  @Override
  boolean endsFlagsAtFirstWord() {
    return true;
  }

  @Override
  int run() throws IOException {
    out().println(container.create(docker(), container.body(true)));
    return 0;
  }
}
