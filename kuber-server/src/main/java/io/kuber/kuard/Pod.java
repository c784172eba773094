package io.kuber.kuard;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who answers: what a visitor behind a Service wants to know first.
 *
 * @param node empty unless the pod's manifest passes it in as NODE_NAME (downward API)
 * @param colour the style sheet's class for the version
 */
record Pod(String host, List<String> addresses, String node, String version, String colour) {
  private static final List<String> COLOURS =
      List.of("blue", "green", "purple", "red", "orange", "yellow", "teal", "pink");
  private static final List<String> NODE_VARIABLES =
      List.of("NODE_NAME", "MY_NODE_NAME", "KUBE_NODE_NAME");

  /** Looks around without asking any name server, which might be slow or absent. */
  static Pod here(String version, Map<String, String> environment) {
    return new Pod(hostname(environment), ipv4(), node(environment), version, colourOf(version));
  }

  /** The colour that the version names; any other version gets one by its hash. */
  static String colourOf(String version) {
    String lower = version.toLowerCase(Locale.ROOT);
    for (String colour : COLOURS) {
      if (lower.contains(colour)) {
        return colour;
      }
    }
    return COLOURS.get(Math.floorMod(lower.hashCode(), COLOURS.size()));
  }

  private static String node(Map<String, String> environment) {
    for (String variable : NODE_VARIABLES) {
      String node = environment.getOrDefault(variable, "");
      if (!node.isEmpty()) {
        return node;
      }
    }
    return "";
  }

  private static String hostname(Map<String, String> environment) {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return environment.getOrDefault("HOSTNAME", "unknown");
    }
  }

  private static List<String> ipv4() {
    List<String> addresses = new ArrayList<>();
    try {
      for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
        for (InetAddress address : card.inetAddresses().toList()) {
          if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
            addresses.add(address.getHostAddress());
          }
        }
      }
    } catch (SocketException e) {
      Log.line("cannot list the network interfaces: " + e.getMessage());
    }
    return List.copyOf(addresses);
  }
}
