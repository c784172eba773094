package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.object.Tree;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Which ports of the machine lead to a container. */
@Command(description = "Shows the published ports of a container.")
final class Port extends DockerCommand {
  @Parameters(index = "0", paramLabel = "CONTAINER", description = "a name or id")
  private String name = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "PORT[/tcp|udp]", description = "one alone")
  private String port = "";

  @Override
  int run() throws IOException {
    Tree ports =
        engine().tree(Target.of("containers", name, "json")).tree("NetworkSettings", "Ports");
    if (port.isEmpty()) {
      for (int i = 0; i < ports.size(); i++) {
        print(ports, ports.nameAt(i), ports.nameAt(i) + " -> ");
      }
      return 0;
    }
    String wanted = port.contains("/") ? port : port + "/tcp";
    if (ports.items(wanted).isEmpty()) {
      throw new CommandFailure("Error: No public port '" + wanted + "' published for " + name);
    }
    print(ports, wanted, "");
    return 0;
  }

  private void print(Tree ports, String inside, String before) {
    for (Tree outside : ports.items(inside).trees()) {
      String ip = outside.text("HostIp");
      String address = ip.contains(":") ? "[" + ip + "]" : ip;
      out().println(before + address + ":" + outside.text("HostPort"));
    }
  }
}
