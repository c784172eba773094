package io.kuber.cli.docker;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the files of a container to an archive. */
@Command(description = "Writes the files of a container to an archive.")
final class Export extends DockerCommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "instead of standard output")
  private String file = "";

  @Parameters(paramLabel = "CONTAINER", description = "a name or id")
  private String name = "";

  @Override
  int run() throws IOException {
    Archived.write(this, Target.of("containers", name, "export"), file);
    return 0;
  }
}
