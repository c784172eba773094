package io.kuber.node.proxy;

import io.kuber.node.network.Ipv4;

/** Where a connection goes, as the kernel wants it. */
record Endpoint(Ipv4 address, int port) implements Comparable<Endpoint> {
  static Endpoint of(Backend backend) {
    return new Endpoint(Ipv4.parse(backend.ip()), backend.port());
  }

  @Override
  public int compareTo(Endpoint other) {
    int byAddress = address.compareTo(other.address);
    return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
  }
}
