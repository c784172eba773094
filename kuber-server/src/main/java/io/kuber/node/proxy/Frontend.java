package io.kuber.node.proxy;

import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;

/**
 * What a client sends to.
 *
 * @param address {@link #ANY} for every address of the node
 */
record Frontend(Ipv4 address, Protocol protocol, int port) {
  static final Ipv4 ANY = new Ipv4(0);

  static Frontend node(Protocol protocol, int port) {
    return new Frontend(ANY, protocol, port);
  }

  boolean isNodePort() {
    return address.equals(ANY);
  }
}
