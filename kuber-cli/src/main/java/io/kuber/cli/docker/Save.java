package io.kuber.cli.docker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes images to an archive. */
@Command(description = "Writes images to an archive.")
final class Save extends DockerCommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "instead of standard output")
  private String file = "";

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "names or ids")
  private List<String> images = new ArrayList<>();

  @Override
  int run() throws IOException {
    Target target = Target.of("images", "get");
    for (String image : images) {
      target = target.with("names", image);
    }
    Archived.write(this, target, file);
    return 0;
  }
}
