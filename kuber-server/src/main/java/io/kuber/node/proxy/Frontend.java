package io.kuber.node.proxy;

import io.kuber.node.network.Ipv4;

/**
 * What a client sends to.
 *
 * @param address 0.0.0.0 for every address of the node
 */
record Frontend(Reach reach, Ipv4 address, Protocol protocol, int port) {
  /** Who is meant to reach a front end, which decides what backends see as the client's address. */
  enum Reach {
    /** Pods and nodes; backends see who they are. */
    CLUSTER,
    /** Everybody who reaches the node; the answer has to come back through it. */
    NODE,
    /** Everybody, at an address of the service's own; the answer has to come back through here. */
    EXTERNAL
  }

  private static final Ipv4 ANY = new Ipv4(0);

  static Frontend cluster(Ipv4 address, Protocol protocol, int port) {
    return new Frontend(Reach.CLUSTER, address, protocol, port);
  }

  static Frontend external(Ipv4 address, Protocol protocol, int port) {
    return new Frontend(Reach.EXTERNAL, address, protocol, port);
  }

  static Frontend node(Protocol protocol, int port) {
    return new Frontend(Reach.NODE, ANY, protocol, port);
  }
}
