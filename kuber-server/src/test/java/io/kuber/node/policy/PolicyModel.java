package io.kuber.node.policy;

import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes promises of network policies, said as plainly as possible and without a thought
 * for speed: whether a packet may pass the node.
 */
final class PolicyModel {
  /** A connection's first packet; a protocol that has no ports is not there. */
  record Packet(Ipv4 from, Ipv4 to, @Nullable Protocol protocol, int port) {}

  private final Neighbourhood all;

  PolicyModel(Neighbourhood all) {
    this.all = all;
  }

  boolean passes(Packet packet) {
    return packet.from().equals(packet.to())
        || (mayLeave(packet, podAt(packet.from())) && mayEnter(packet, podAt(packet.to())));
  }

  private Optional<Pod> podAt(Ipv4 address) {
    return all.pods().stream().filter(pod -> pod.address().equals(address)).findFirst();
  }

  private boolean mayLeave(Packet packet, Optional<Pod> sender) {
    return sender.isEmpty() || isAllowed(packet, sender.get(), Direction.EGRESS, packet.to());
  }

  private boolean mayEnter(Packet packet, Optional<Pod> receiver) {
    return receiver.isEmpty()
        || isAllowed(packet, receiver.get(), Direction.INGRESS, packet.from());
  }

  /** Each node judges for its own pods. */
  private boolean isAllowed(Packet packet, Pod pod, Direction direction, Ipv4 peer) {
    List<Policy> policies =
        all.policies().stream()
            .filter(policy -> policy.namespace().equals(pod.namespace()))
            .filter(policy -> policy.pods().test(pod.labels()))
            .filter(policy -> policy.rules().containsKey(direction))
            .toList();
    return !pod.node().equals(all.node())
        || policies.isEmpty()
        || policies.stream().anyMatch(policy -> isAllowed(packet, policy, direction, peer));
  }

  private boolean isAllowed(Packet packet, Policy policy, Direction direction, Ipv4 peer) {
    for (Rule rule : policy.rules().getOrDefault(direction, List.of())) {
      boolean peerIsMeant =
          rule.peers().isEmpty() || rule.peers().stream().anyMatch(p -> means(policy, p, peer));
      boolean portIsMeant =
          rule.ports().isEmpty() || rule.ports().stream().anyMatch(port -> means(port, packet));
      if (peerIsMeant && portIsMeant) {
        return true;
      }
    }
    return false;
  }

  private boolean means(Policy policy, Peer peer, Ipv4 address) {
    if (peer instanceof Peer.Block block) {
      return block.addresses().contains(address);
    }
    Optional<Pod> pod = podAt(address);
    if (pod.isEmpty()) {
      return false;
    }
    if (peer instanceof Peer.Neighbours neighbours) {
      return pod.get().namespace().equals(policy.namespace())
          && neighbours.pods().test(pod.get().labels());
    }
    Peer.Pods pods = (Peer.Pods) peer;
    Map<String, String> labels = all.namespaces().get(pod.get().namespace());
    return labels != null && pods.namespaces().test(labels) && pods.pods().test(pod.get().labels());
  }

  /** A named port is the receiver's, in either direction. */
  private boolean means(Port port, Packet packet) {
    if (port.protocol() != packet.protocol()) {
      return false;
    }
    if (port instanceof Port.Range range) {
      return range.first() <= packet.port() && packet.port() <= range.last();
    }
    return podAt(packet.to())
        .map(pod -> pod.ports().get((Port.Named) port))
        .filter(number -> number == packet.port())
        .isPresent();
  }
}
