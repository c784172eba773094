package io.kuber.node.proxy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * All services as a node has to serve them.
 *
 * @param node the node's name
 * @param zone its zone, empty if it has none
 * @param ports where two claim the same address and port, the first one has it; what did not change
 *     since the last time is best the same value, which costs nothing to plan again
 */
public record Services(String node, String zone, List<ServedPort> ports) {
  public Services {
    ports = List.copyOf(ports);
  }

  /** The same with further ports, which have what none of these claims. */
  public Services and(Collection<ServedPort> further) {
    List<ServedPort> all = new ArrayList<>(ports);
    all.addAll(further);
    return new Services(node, zone, all);
  }

  /** For a node that nothing is said of. */
  public static Services of(List<ServicePort> ports, Map<ServicePort.Key, List<Backend>> backends) {
    return new Services(
        "",
        "",
        ports.stream()
            .map(port -> new ServedPort(port, backends.getOrDefault(port.key(), List.of())))
            .toList());
  }
}
