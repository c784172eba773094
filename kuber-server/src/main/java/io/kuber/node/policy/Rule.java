package io.kuber.node.policy;

import java.util.List;

/**
 * What a policy allows: packets between its pods and any of the peers at any of the ports.
 *
 * @param peers everybody if there is none
 * @param ports all of all protocols if there is none
 */
public record Rule(List<Peer> peers, List<Port> ports) {
  public Rule {
    peers = List.copyOf(peers);
    ports = List.copyOf(ports);
  }
}
