package io.kuber.node.feed;

import io.kuber.node.network.Protocol;
import io.kuber.node.proxy.MachinePorts;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Warns of node ports that a program of the machine has when a Service gets them: the Service is
 * served all the same, and the program hears nothing any more. Owned by the feed's loop.
 */
final class NodePortWatch {
  private final String node;
  private final MachinePorts machine;
  private final Warnings warnings;
  private final Map<String, Set<NodePort>> known = new HashMap<>();

  private record NodePort(Protocol protocol, int number) {}

  /**
   * @param node the name of the node, for the warning
   */
  NodePortWatch(String node, MachinePorts machine, Warnings warnings) {
    this.node = node;
    this.machine = machine;
    this.warnings = warnings;
  }

  /** A service that is new, changed, or gone; before the node serves it. */
  void service(String key, @Nullable KubeObject now) {
    Set<NodePort> next = now == null ? Set.of() : of(now);
    Set<NodePort> before = known.getOrDefault(key, Set.of());
    if (now == null || next.isEmpty()) {
      known.remove(key);
      return;
    }
    known.put(key, next);
    for (NodePort port : next) {
      if (!before.contains(port) && machine.isTaken(port.protocol(), port.number())) {
        warnings.warn(
            now,
            "NodePortTaken",
            "A program on node %s has port %d/%s; what comes to it goes to this Service now"
                .formatted(node, port.number(), port.protocol()));
      }
    }
  }

  private static Set<NodePort> of(KubeObject service) {
    Set<NodePort> ports = new HashSet<>();
    for (Tree port : service.spec().items("ports").trees()) {
      int number = (int) port.number(0, "nodePort");
      if (number != 0) {
        ports.add(new NodePort(Protocol.named(port.text("protocol")), number));
      }
    }
    return ports;
  }
}
