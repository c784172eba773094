package io.kuber.node.policy;

import com.google.common.collect.ImmutableMap;
import io.kuber.node.network.Ipv4;
import java.util.Map;
import java.util.Optional;

/**
 * A pod that has an address of its own and still runs.
 *
 * @param node the name of the node it is on
 * @param ports the numbers of the ports that have names
 */
public record Pod(
    String namespace,
    String name,
    Ipv4 address,
    String node,
    ImmutableMap<String, String> labels,
    ImmutableMap<Port.Named, Integer> ports) {
  /** With labels and ports in any map. */
  public Pod(
      String namespace,
      String name,
      Ipv4 address,
      String node,
      Map<String, String> labels,
      Map<Port.Named, Integer> ports) {
    this(namespace, name, address, node, ImmutableMap.copyOf(labels), ImmutableMap.copyOf(ports));
  }

  /** The port that a rule means when it opens this one on the pod; none if it means none. */
  Optional<Port.Range> resolve(Port port) {
    if (port instanceof Port.Range range) {
      return Optional.of(range);
    }
    return Optional.ofNullable(ports.get((Port.Named) port))
        .map(number -> new Port.Range(port.protocol(), number, number));
  }
}
