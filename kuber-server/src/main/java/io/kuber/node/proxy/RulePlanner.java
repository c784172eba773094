package io.kuber.node.proxy;

import io.kuber.node.network.Ipv4;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides which front ends a node serves and with what: pure, from services to rules. */
final class RulePlanner {
  private RulePlanner() {}

  /** Where two ports claim the same front end, the first one has it. */
  static Plan plan(List<ServicePort> ports, Map<ServicePort.Key, List<Backend>> backends) {
    Map<Frontend, Balance> rules = new LinkedHashMap<>();
    List<String> refusals = new ArrayList<>();
    for (ServicePort port : ports) {
      try {
        Balance balance = balance(port, backends.getOrDefault(port.key(), List.of()));
        for (Frontend frontend : frontends(port)) {
          rules.putIfAbsent(frontend, balance);
        }
      } catch (IllegalArgumentException e) {
        refusals.add("service " + port.namespace() + "/" + port.name() + ": " + e.getMessage());
      }
    }
    return new Plan(new RuleSet(rules), refusals);
  }

  /**
   * A plan.
   *
   * @param refusals services that cannot be served, and why
   */
  record Plan(RuleSet rules, List<String> refusals) {
    Plan {
      refusals = List.copyOf(refusals);
    }
  }

  private static Balance balance(ServicePort port, List<Backend> backends) {
    return new Balance(backends.stream().map(Endpoint::of).toList(), port.affinity());
  }

  private static List<Frontend> frontends(ServicePort port) {
    List<Frontend> frontends = new ArrayList<>();
    if (!port.clusterIp().isEmpty()) {
      Ipv4 address = Ipv4.parse(port.clusterIp());
      frontends.add(Frontend.cluster(address, port.protocol(), port.port()));
    }
    for (String external : port.externalAddresses()) {
      frontends.add(Frontend.external(Ipv4.parse(external), port.protocol(), port.port()));
    }
    if (port.nodePort() != 0) {
      frontends.add(Frontend.node(port.protocol(), port.nodePort()));
    }
    return frontends;
  }
}
