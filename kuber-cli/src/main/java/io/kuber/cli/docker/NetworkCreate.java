package io.kuber.cli.docker;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a network. */
@Command(description = "Makes a network.")
final class NetworkCreate extends DockerCommand {
  @Option(
      names = {"-d", "--driver"},
      paramLabel = "NAME",
      description = "(default: bridge)")
  private String driver = "bridge";

  @Option(names = "--subnet", paramLabel = "CIDR", description = "its addresses")
  private String subnet = "";

  @Option(names = "--gateway", paramLabel = "ADDRESS", description = "the machine's in it")
  private String gateway = "";

  @Option(names = "--ip-range", paramLabel = "CIDR", description = "addresses for containers")
  private String range = "";

  @Option(names = "--internal", description = "without a way out")
  private boolean internal;

  @Option(names = "--attachable", description = "as Docker has it; all networks here are")
  private boolean attachable;

  @Option(
      names = {"-o", "--opt"},
      paramLabel = "NAME=VALUE",
      description = "options of the driver")
  private List<String> options = new ArrayList<>();

  @Option(names = "--label", paramLabel = "NAME=VALUE", description = "labels")
  private List<String> labels = new ArrayList<>();

  @Parameters(paramLabel = "NAME", description = "of the network")
  private String name = "";

  @Override
  int run() throws IOException {
    Tree addresses = Tree.EMPTY;
    addresses = subnet.isEmpty() ? addresses : addresses.with("Subnet", subnet);
    addresses = gateway.isEmpty() ? addresses : addresses.with("Gateway", gateway);
    addresses = range.isEmpty() ? addresses : addresses.with("IPRange", range);
    Tree body =
        Tree.of(
            "Name", name,
            "CheckDuplicate", true,
            "Driver", driver,
            "Internal", internal,
            "Attachable", attachable,
            "Options", Pairs.texts(options),
            "Labels", Pairs.texts(labels));
    if (!addresses.isEmpty()) {
      body = body.with("IPAM", Tree.of("Driver", "default", "Config", Items.of(addresses)));
    }
    out().println(engine().post(Target.of("networks", "create"), body).text("Id"));
    return 0;
  }
}
