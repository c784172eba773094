package io.kuber.cli.docker;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes containers. */
@Command(description = "Removes containers.")
final class Rm extends EachCommand {
  @Option(
      names = {"-f", "--force"},
      description = "also those that run")
  private boolean force;

  @Option(
      names = {"-v", "--volumes"},
      description = "with the volumes that have no name")
  private boolean volumes;

  @Override
  String one(String name) throws IOException {
    try {
      engine().delete(Target.of("containers", name).with("force", force).with("v", volumes));
    } catch (Refusal e) {
      if (!force || !e.isAbsent()) {
        throw e;
      }
      err().println(e.getMessage());
      return "";
    }
    return name;
  }
}
