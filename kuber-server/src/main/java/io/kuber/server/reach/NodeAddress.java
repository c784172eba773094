package io.kuber.server.reach;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.Optional;

/** Where the endpoint of a node is, as its Node tells. */
record NodeAddress(String name, String host, int port) {
  /** Empty when it does not tell, as of nodes that only pretend. */
  static Optional<NodeAddress> of(KubeObject node) {
    long port = node.status().number(0, "daemonEndpoints", "kubeletEndpoint", "Port");
    return node.status().items("addresses").trees().stream()
        .filter(each -> port > 0 && port < 1 << 16 && each.text("type").equals("InternalIP"))
        .map((Tree each) -> new NodeAddress(node.name(), each.text("address"), (int) port))
        .findFirst();
  }
}
