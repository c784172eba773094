package io.kuber.cli.docker;

import java.io.IOException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes images. */
@Command(description = "Removes names of images, and images that have none left.")
final class Rmi extends EachCommand {
  @Option(
      names = {"-f", "--force"},
      description = "also those that ended containers use")
  private boolean force;

  @Option(names = "--no-prune", description = "keeps what they were made of")
  private boolean noPrune;

  @Override
  String one(String name) throws IOException {
    Target target = Target.of("images", name).with("force", force).with("noprune", noPrune);
    return engine().delete(target).trees().stream()
        .map(
            gone ->
                gone.has("Deleted")
                    ? "Deleted: " + gone.text("Deleted")
                    : "Untagged: " + gone.text("Untagged"))
        .collect(Collectors.joining("\n"));
  }

  /** What is gone with another one is what was wanted. */
  @Override
  boolean isContent(Refusal refusal) {
    return force && refusal.isAbsent();
  }
}
