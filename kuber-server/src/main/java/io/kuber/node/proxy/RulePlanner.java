package io.kuber.node.proxy;

import io.kuber.node.network.AddressRanges;
import io.kuber.node.network.Ipv4;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which front ends a node serves and with what, from services to rules. It remembers what
 * it decided of each port, and decides again only for ports that are other values than before;
 * apart from the time it takes, that makes no difference. Used by one thread.
 */
final class RulePlanner {
  private IdentityHashMap<ServedPort, PortPlan> known = new IdentityHashMap<>();
  private String node = "";
  private String zone = "";

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

  /** What one port asks for, or why it cannot be served. */
  private record PortPlan(Map<Frontend, Balance> rules, String refusal) {}

  /** A plan of all, by one who remembers nothing. */
  static Plan planAll(Services services) {
    return new RulePlanner().plan(services);
  }

  /** Where two ports claim the same front end, the first one has it. */
  Plan plan(Services services) {
    if (!services.node().equals(node) || !services.zone().equals(zone)) {
      known.clear();
      node = services.node();
      zone = services.zone();
    }
    IdentityHashMap<ServedPort, PortPlan> next = new IdentityHashMap<>(services.ports().size());
    Map<Frontend, Balance> rules = new LinkedHashMap<>(2 * services.ports().size());
    List<String> refusals = new ArrayList<>();
    for (ServedPort port : services.ports()) {
      PortPlan before = known.get(port);
      PortPlan plan = before == null ? planOrRefuse(port) : before;
      next.put(port, plan);
      plan.rules.forEach(rules::putIfAbsent);
      if (!plan.refusal.isEmpty()) {
        refusals.add(plan.refusal);
      }
    }
    known = next;
    return new Plan(new RuleSet(rules), refusals);
  }

  private PortPlan planOrRefuse(ServedPort served) {
    ServicePort port = served.port();
    try {
      return new PortPlan(plan(port, Candidates.of(served.backends(), node, zone)), "");
    } catch (IllegalArgumentException e) {
      ServicePort.Key key = port.key();
      return new PortPlan(
          Map.of(), "service " + key.namespace() + "/" + key.name() + ": " + e.getMessage());
    }
  }

  private static Map<Frontend, Balance> plan(ServicePort port, Candidates candidates) {
    Map<Frontend, Balance> rules = new LinkedHashMap<>();
    if (!port.clusterIp().isEmpty()) {
      rules.put(frontend(port, port.clusterIp()), inside(port, candidates));
    }
    Outside outside = port.outside();
    Balance balance = outside(port, candidates);
    outside.addresses().forEach(address -> rules.putIfAbsent(frontend(port, address), balance));
    if (!outside.balancers().isEmpty()) {
      Balance guarded = balance.only(sources(outside));
      outside.balancers().forEach(address -> rules.putIfAbsent(frontend(port, address), guarded));
    }
    if (port.nodePort() != 0) {
      rules.put(Frontend.node(port.key().protocol(), port.nodePort()), balance);
    }
    return rules;
  }

  private static Frontend frontend(ServicePort port, String address) {
    return new Frontend(Ipv4.parse(address), port.key().protocol(), port.port());
  }

  private static Balance inside(ServicePort port, Candidates candidates) {
    boolean elsewhere = port.staysHere() && !candidates.anywhere().isEmpty();
    return Balance.of(
            Balance.Reach.CLUSTER,
            endpoints(port.staysHere() ? candidates.here() : candidates.anywhere()),
            elsewhere ? Balance.Without.DROP : Balance.Without.REFUSE)
        .sticky(port.affinity());
  }

  private static Balance outside(ServicePort port, Candidates candidates) {
    List<Endpoint> anywhere = endpoints(candidates.anywhere());
    Balance balance =
        port.outside().onlyHere()
            ? Balance.local(anywhere, endpoints(candidates.here()))
            : Balance.of(Balance.Reach.EXTERNAL, anywhere, Balance.Without.REFUSE);
    return balance.sticky(port.affinity());
  }

  private static AddressRanges sources(Outside outside) {
    return outside.sources().isEmpty()
        ? AddressRanges.ALL
        : outside.sources().stream()
            .map(AddressRanges::ofBlock)
            .reduce(AddressRanges.NONE, AddressRanges::plus);
  }

  private static List<Endpoint> endpoints(Collection<Backend> backends) {
    return backends.stream().map(Endpoint::of).toList();
  }
}
