package io.kuber.cli.docker;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes networks. */
@Command(description = "Removes networks.")
final class NetworkRemove extends EachCommand {
  @Option(
      names = {"-f", "--force"},
      description = "says nothing of those that are not there")
  private boolean force;

  @Override
  String one(String name) throws IOException {
    try {
      engine().delete(Target.of("networks", name));
    } catch (Refusal e) {
      if (force && e.isAbsent()) {
        return "";
      }
      throw e;
    }
    return name;
  }
}
