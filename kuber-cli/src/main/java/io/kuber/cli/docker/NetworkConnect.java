package io.kuber.cli.docker;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a container into one more network. */
@Command(description = "Puts a container into a network.")
final class NetworkConnect extends DockerCommand {
  @Option(names = "--alias", paramLabel = "NAME", description = "further names there")
  private List<String> aliases = new ArrayList<>();

  @Option(names = "--ip", paramLabel = "ADDRESS", description = "its address there")
  private String address = "";

  @Parameters(index = "0", paramLabel = "NETWORK", description = "a name or id")
  private String network = "";

  @Parameters(index = "1", paramLabel = "CONTAINER", description = "a name or id")
  private String container = "";

  @Override
  int run() throws IOException {
    Tree place = Tree.of("Aliases", Items.copyOf(aliases));
    if (!address.isEmpty()) {
      place = place.withAt(address, "IPAMConfig", "IPv4Address");
    }
    engine()
        .post(
            Target.of("networks", network, "connect"),
            Tree.of("Container", container, "EndpointConfig", place));
    return 0;
  }
}
