package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a container out of a network. */
@Command(description = "Takes a container out of a network.")
final class NetworkDisconnect extends DockerCommand {
  @Option(
      names = {"-f", "--force"},
      description = "also one that is not there")
  private boolean force;

  @Parameters(index = "0", paramLabel = "NETWORK", description = "a name or id")
  private String network = "";

  @Parameters(index = "1", paramLabel = "CONTAINER", description = "a name or id")
  private String container = "";

  @Override
  int run() throws IOException {
    engine()
        .post(
            Target.of("networks", network, "disconnect"),
            Tree.of("Container", container, "Force", force));
    return 0;
  }
}
