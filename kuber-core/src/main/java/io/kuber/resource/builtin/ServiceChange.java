package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What an update of a service keeps of what was allocated for it, and what it lets go because the
 * new type has no use for it (pkg/registry/core/service). What the user changes together with the
 * type stays, for validation to refuse.
 */
final class ServiceChange {
  private ServiceChange() {}

  /** The updated service, with what clients may leave out and without what its type gave up. */
  static KubeObject applied(KubeObject updated, KubeObject old) {
    Tree before = old.spec();
    Tree spec = withAddresses(updated.spec(), before);
    spec = withNodePorts(spec, before);
    if (needsHealthCheck(before) && needsHealthCheck(spec)) {
      spec = kept(spec, before, "healthCheckNodePort");
    }
    spec = withoutLeftovers(ServiceFamilies.completed(spec, before), before);
    KubeObject changed = updated.with(spec, "spec");
    return isSame(spec, before, "type") || spec.text("type").equals("LoadBalancer")
        ? changed
        : changed.with(Tree.EMPTY, "status", "loadBalancer");
  }

  static boolean needsAddress(Tree spec) {
    return !spec.text("type").equals("ExternalName");
  }

  static boolean needsNodePorts(Tree spec) {
    return spec.text("type").equals("NodePort") || spec.text("type").equals("LoadBalancer");
  }

  /** Whether balancers have to ask nodes which of them have a pod of the service. */
  static boolean needsHealthCheck(Tree spec) {
    return spec.text("type").equals("LoadBalancer")
        && spec.text("externalTrafficPolicy").equals("Local");
  }

  /** Clients know the address, its list, or both; the two have to agree. */
  private static Tree withAddresses(Tree spec, Tree old) {
    Tree linked = spec;
    if (needsAddress(spec) && needsAddress(old)) {
      linked = kept(kept(spec, old, "clusterIP"), old, "clusterIPs");
    }
    String address = linked.text("clusterIP");
    if (address.equals(old.text("clusterIP"))
        || !linked.items("clusterIPs").equals(old.items("clusterIPs"))) {
      return linked;
    }
    return address.isEmpty()
        ? linked.without("clusterIPs")
        : linked.with("clusterIPs", Items.of(address));
  }

  /** The spec with the field as it was, unless it says something itself. */
  private static Tree kept(Tree spec, Tree old, String field) {
    Object was = old.get(field);
    Object value = spec.get(field);
    boolean isUnset =
        value == null || value.equals("") || value.equals(Items.EMPTY) || value.equals(0L);
    return isUnset && was != null ? spec.with(field, was) : spec;
  }

  /** A port keeps its node port as long as it keeps its name. */
  private static Tree withNodePorts(Tree spec, Tree old) {
    if (!needsNodePorts(spec) || !needsNodePorts(old)) {
      return spec;
    }
    Set<Long> used = nodePorts(spec);
    Map<String, Long> byName = new HashMap<>();
    for (Tree port : old.items("ports").trees()) {
      byName.put(port.text("name"), port.number(0, "nodePort"));
    }
    return spec.withEach(
        "ports",
        port -> {
          long was = byName.getOrDefault(port.text("name"), 0L);
          return port.number(0, "nodePort") == 0 && was != 0 && !used.contains(was)
              ? port.with("nodePort", was)
              : port;
        });
  }

  private static Set<Long> nodePorts(Tree spec) {
    Set<Long> ports = new HashSet<>();
    spec.items("ports").trees().forEach(port -> ports.add(port.number(0, "nodePort")));
    ports.remove(0L);
    return ports;
  }

  private static Tree withoutLeftovers(Tree spec, Tree old) {
    Tree rest = spec;
    if (needsAddress(old) && !needsAddress(spec)) {
      if (isSame(spec, old, "clusterIP") && isSame(spec, old, "clusterIPs")) {
        rest = rest.without("clusterIP").without("clusterIPs");
      }
      rest = withoutSame(rest, old, List.of("ipFamilies", "ipFamilyPolicy"));
    }
    if (needsNodePorts(old) && !needsNodePorts(spec)) {
      if (nodePorts(old).containsAll(nodePorts(spec))) {
        rest = rest.withEach("ports", port -> port.without("nodePort"));
      }
      rest = withoutSame(rest, old, List.of("externalTrafficPolicy"));
    }
    if (needsHealthCheck(old) && !needsHealthCheck(spec)) {
      rest = withoutSame(rest, old, List.of("healthCheckNodePort"));
    }
    if (old.text("type").equals("LoadBalancer") && !spec.text("type").equals("LoadBalancer")) {
      rest = withoutSame(rest, old, List.of("allocateLoadBalancerNodePorts", "loadBalancerClass"));
    }
    return rest;
  }

  private static boolean isSame(Tree spec, Tree old, String field) {
    return Objects.equals(spec.get(field), old.get(field));
  }

  private static Tree withoutSame(Tree spec, Tree old, List<String> fields) {
    Tree rest = spec;
    for (String field : fields) {
      rest = isSame(rest, old, field) ? rest.without(field) : rest;
    }
    return rest;
  }
}
