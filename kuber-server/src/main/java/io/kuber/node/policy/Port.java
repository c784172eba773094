package io.kuber.node.policy;

import io.kuber.node.network.Protocol;

/** A port that a rule opens. */
public sealed interface Port {
  /** The protocol. */
  Protocol protocol();

  /** All ports from the first to the last, both included. */
  record Range(Protocol protocol, int first, int last) implements Port {
    private static final int LAST = 0xffff;

    public Range {
      if (first < 0 || first > last || last > LAST) {
        throw new IllegalArgumentException("no range of ports: " + first + " to " + last);
      }
    }

    /** Every port of a protocol. */
    public static Range all(Protocol protocol) {
      return new Range(protocol, 0, LAST);
    }
  }

  /** The port to which the pod that receives gives this name; none if it gives it to none. */
  record Named(Protocol protocol, String name) implements Port {}
}
