package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a volume. */
@Command(description = "Makes a volume.")
final class VolumeCreate extends DockerCommand {
  @Option(
      names = {"-d", "--driver"},
      paramLabel = "NAME",
      description = "(default: local)")
  private String driver = "local";

  @Option(
      names = {"-o", "--opt"},
      paramLabel = "NAME=VALUE",
      description = "options of the driver")
  private List<String> options = new ArrayList<>();

  @Option(names = "--label", paramLabel = "NAME=VALUE", description = "labels")
  private List<String> labels = new ArrayList<>();

  @Option(names = "--name", paramLabel = "NAME", description = "of the volume", hidden = true)
  private String flag = "";

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "of the volume")
  private String name = "";

  @Override
  int run() throws IOException {
    Tree body =
        Tree.of(
            "Name",
            name.isEmpty() ? flag : name,
            "Driver",
            driver,
            "DriverOpts",
            Pairs.texts(options),
            "Labels",
            Pairs.texts(labels));
    out().println(engine().post(Target.of("volumes", "create"), body).text("Name"));
    return 0;
  }
}
