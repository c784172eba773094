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
    engine().delete(Target.of("containers", name).with("force", force).with("v", volumes));
    return name;
  }

  @Override
  boolean isContent(Refusal refusal) {
    return force && refusal.isAbsent();
  }
}
