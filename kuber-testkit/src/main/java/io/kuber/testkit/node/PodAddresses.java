package io.kuber.testkit.node;

import java.util.BitSet;

/** The addresses of one node's pods: those of a network of 256 but the first two and the last. */
final class PodAddresses {
  private static final int FIRST = 2;
  private static final int END = 255;

  private final String network;
  private final BitSet taken = new BitSet(END);
  private int next = FIRST;

  /** Addresses of a network such as {@code 10.128.0}. */
  PodAddresses(String network) {
    this.network = network;
  }

  /** An address that no pod has. When all are taken, which no real node survives, any. */
  String take() {
    int last = taken.nextClearBit(next);
    if (last >= END) {
      last = taken.nextClearBit(FIRST);
    }
    last = last >= END ? FIRST : last;
    taken.set(last);
    next = last + 1;
    return network + "." + last;
  }

  /** Says that a pod has the address already. */
  void keep(String address) {
    if (isOurs(address)) {
      taken.set(last(address));
    }
  }

  /** Gives an address back. */
  void free(String address) {
    if (isOurs(address)) {
      taken.clear(last(address));
    }
  }

  private boolean isOurs(String address) {
    return address.startsWith(network + ".");
  }

  private int last(String address) {
    return Integer.parseInt(address.substring(network.length() + 1));
  }
}
