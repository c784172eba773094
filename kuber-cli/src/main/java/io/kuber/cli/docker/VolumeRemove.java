package io.kuber.cli.docker;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes volumes. */
@Command(description = "Removes volumes.")
final class VolumeRemove extends EachCommand {
  @Option(
      names = {"-f", "--force"},
      description = "says nothing of those that are not there")
  private boolean force;

  @Override
  String one(String name) throws IOException {
    engine().delete(Target.of("volumes", name).with("force", force));
    return name;
  }
}
