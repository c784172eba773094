package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.Tree;

/** Lists of ports, in services and endpoints. */
final class Ports {
  private Ports() {}

  /** The tree with TCP in every port that names no protocol. */
  static Tree withProtocols(Tree tree) {
    Items ports = tree.items("ports");
    for (int i = 0; i < ports.size(); i++) {
      if (ports.tree(i).text("protocol").isEmpty()) {
        ports = ports.with(i, ports.tree(i).with("protocol", "TCP"));
      }
    }
    return ports.isEmpty() ? tree : tree.with("ports", ports);
  }
}
