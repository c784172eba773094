package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.engine.NetworkShelf.Published;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;

/** Which ports of the machine lead to a container, of what its client says; pure. */
final class PortPlan {
  private PortPlan() {}

  /**
   * The ports of {@code HostConfig}.
   *
   * @throws EngineException 400 for what is no port
   */
  static List<Published> of(Tree config, Tree host) {
    List<Published> ports = new ArrayList<>();
    host.tree("PortBindings")
        .forEach(
            (port, bindings) -> {
              if (bindings instanceof Items items) {
                for (Tree binding : items.trees()) {
                  ports.add(published(port, binding.text("HostIp"), binding.text("HostPort")));
                }
              }
            });
    if (host.isTrue("PublishAllPorts")) {
      config
          .tree("ExposedPorts")
          .forEach(
              (port, nothing) -> {
                if (!host.tree("PortBindings").has(port)) {
                  ports.add(published(port, "", ""));
                }
              });
    }
    return ports;
  }

  private static Published published(String port, String hostIp, String hostPort) {
    String[] parts = port.split("/", -1);
    String protocol = parts.length > 1 ? parts[1] : "tcp";
    if (!protocol.matches("tcp|udp")) {
      throw EngineException.malformed("invalid proto: " + protocol + " in " + port);
    }
    if (hostIp.contains(":")) {
      throw EngineException.malformed("invalid HostIp " + hostIp + ": ports have IPv4 only");
    }
    return new Published(
        hostIp.isEmpty() ? "0.0.0.0" : hostIp, number(hostPort), number(parts[0]), protocol);
  }

  private static int number(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw EngineException.malformed("invalid port specification: \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }
}
