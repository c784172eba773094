package io.kuber.node.policy;

import io.kuber.node.network.Ipv4;
import io.kuber.node.policy.PolicyModel.Packet;

/** Judges packets by a policy set, as the kernel's table does it. */
final class PolicyInterpreter {
  private final PolicySet policies;

  PolicyInterpreter(PolicySet policies) {
    this.policies = policies;
  }

  boolean passes(Packet packet) {
    boolean toItself =
        packet.from().equals(packet.to())
            && (isClosed(Direction.INGRESS, packet.from())
                || isClosed(Direction.EGRESS, packet.from()));
    return toItself
        || (passes(Direction.EGRESS, packet.from(), packet.to(), packet)
            && passes(Direction.INGRESS, packet.to(), packet.from(), packet));
  }

  private boolean isClosed(Direction direction, Ipv4 pod) {
    return policies.side(direction).targets().containsKey(pod);
  }

  private boolean passes(Direction direction, Ipv4 pod, Ipv4 peer, Packet packet) {
    PolicySet.Side side = policies.side(direction);
    String profile = side.targets().get(pod);
    if (profile == null) {
      return true;
    }
    Grants grants = side.profiles().getOrDefault(profile, Grants.NONE);
    return grants.open().contains(peer)
        || grants.ports().stream().anyMatch(grant -> allows(grant, peer, packet));
  }

  private static boolean allows(Grants.Grant grant, Ipv4 peer, Packet packet) {
    return grant.ports().protocol() == packet.protocol()
        && grant.ports().first() <= packet.port()
        && packet.port() <= grant.ports().last()
        && grant.peers().contains(peer);
  }
}
