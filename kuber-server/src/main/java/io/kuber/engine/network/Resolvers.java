package io.kuber.engine.network;

import io.kuber.engine.NetworkShelf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Whom containers ask for names. */
final class Resolvers {
  private static final Path MACHINE_RESOLVERS = Path.of("/etc/resolv.conf");

  private Resolvers() {}

  /**
   * The {@code resolv.conf} of a container: networks that people have made answer themselves, all
   * else is the machine's.
   */
  static String conf(List<Network> networks) {
    List<String> servers =
        networks.stream()
            .filter(network -> network.isBridge() && !network.name().equals(NetworkShelf.DEFAULT))
            .map(network -> "nameserver " + network.gateway() + "\n")
            .toList();
    String machine = ofMachine();
    if (servers.isEmpty()) {
      return machine;
    }
    String rest =
        machine
            .lines()
            .filter(line -> line.startsWith("search") || line.startsWith("domain"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    return String.join("", servers) + rest + "options ndots:0\n";
  }

  private static String ofMachine() {
    try {
      return Files.exists(MACHINE_RESOLVERS) ? Files.readString(MACHINE_RESOLVERS) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + MACHINE_RESOLVERS, e);
    }
  }
}
