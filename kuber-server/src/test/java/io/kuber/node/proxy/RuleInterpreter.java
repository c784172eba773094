package io.kuber.node.proxy;

import io.kuber.node.proxy.ServiceModel.Fate;
import io.kuber.node.proxy.ServiceModel.Origin;
import io.kuber.node.proxy.ServiceModel.Packet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Does with a packet what rules say, as the kernel's table does it. */
final class RuleInterpreter {
  private final RuleSet rules;

  RuleInterpreter(RuleSet rules) {
    this.rules = rules;
  }

  Fate fate(Packet packet) {
    return at(new Frontend(packet.to(), packet.protocol(), packet.port()))
        .or(
            () ->
                packet.isNodes()
                    ? at(Frontend.node(packet.protocol(), packet.port()))
                    : Optional.empty())
        .map(balance -> fate(balance, packet))
        .orElseGet(Fate.Ignored::new);
  }

  private Optional<Balance> at(Frontend frontend) {
    return Optional.ofNullable(rules.rules().get(frontend));
  }

  private static Fate fate(Balance balance, Packet packet) {
    if (!balance.sources().contains(packet.source())) {
      return new Fate.Dropped();
    }
    if (balance.isEmpty()) {
      return balance.without() == Balance.Without.REFUSE ? new Fate.Refused() : new Fate.Dropped();
    }
    boolean notPod = packet.origin() != Origin.POD;
    return switch (balance.reach()) {
      case CLUSTER -> sent(balance.endpoints(), notPod);
      case EXTERNAL -> sent(balance.endpoints(), true);
      case LOCAL ->
          packet.origin() == Origin.WORLD
              ? sent(balance.local(), false)
              : sent(balance.endpoints(), notPod);
    };
  }

  private static Fate sent(List<Endpoint> to, boolean hidden) {
    return to.isEmpty()
        ? new Fate.Dropped()
        : new Fate.Sent(
            to.stream()
                .map(endpoint -> endpoint.address() + ":" + endpoint.port())
                .collect(Collectors.toCollection(TreeSet::new)),
            hidden);
  }
}
