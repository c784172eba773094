package io.kuber.node.network;

/** The way to the pods of another node. */
sealed interface NodePath {
  /** The addresses of its pods. */
  Ipv4Block pods();

  /** The node itself. */
  Ipv4 node();

  /**
   * The node is a neighbour: packets go to it as they are.
   *
   * @param link the index of the link that both are on
   */
  record Direct(Ipv4Block pods, Ipv4 node, int link) implements NodePath {}

  /** Others are in between who do not know pods: packets travel within packets to the node. */
  record Tunnelled(Ipv4Block pods, Ipv4 node) implements NodePath {
    /**
     * The other end of the tunnel: the first address of the node's pods, which no pod gets. Its
     * hardware address follows from it, so that nodes need not tell each other.
     */
    Ipv4 end() {
      return pods.base();
    }

    byte[] mac() {
      return NodeBridge.hardwareAddress(end());
    }
  }
}
