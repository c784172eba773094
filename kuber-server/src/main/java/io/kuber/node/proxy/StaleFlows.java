package io.kuber.node.proxy;

import io.kuber.linux.ConnectionTracking.Flows;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which flows a change of rules leaves with an endpoint that is gone: pure.
 *
 * <p>Only UDP's. A TCP client notices that its peer is gone and connects anew; a UDP client that
 * goes on sending keeps the kernel's memory of its flow alive.
 */
final class StaleFlows {
  private StaleFlows() {}

  static List<Flows> of(RuleSetDiff diff) {
    List<Flows> flows = new ArrayList<>();
    for (RuleSetDiff.Rule rule : diff.removed()) {
      if (isUdp(rule.frontend())) {
        add(rule.frontend(), addresses(rule.balance()), flows);
      }
    }
    for (RuleSetDiff.Change change : diff.changed()) {
      if (isUdp(change.frontend())) {
        Set<Ipv4> gone = addresses(change.before());
        gone.removeAll(addresses(change.after()));
        add(change.frontend(), gone, flows);
      }
    }
    return flows;
  }

  private static boolean isUdp(Frontend frontend) {
    return frontend.protocol() == Protocol.UDP;
  }

  private static void add(Frontend frontend, Set<Ipv4> gone, List<Flows> flows) {
    for (Ipv4 address : gone) {
      flows.add(
          new Flows(
              frontend.address().inet(),
              frontend.protocol().number(),
              frontend.port(),
              address.inet()));
    }
  }

  private static Set<Ipv4> addresses(Balance balance) {
    Set<Ipv4> addresses = new LinkedHashSet<>();
    balance.endpoints().forEach(endpoint -> addresses.add(endpoint.address()));
    balance.local().forEach(endpoint -> addresses.add(endpoint.address()));
    return addresses;
  }
}
