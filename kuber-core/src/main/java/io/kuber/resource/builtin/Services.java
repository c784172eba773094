package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Subresource;
import io.kuber.resource.Trait;
import java.util.HashSet;
import java.util.Set;

/** {@code v1 Service}. */
final class Services implements KindRules {
  static final Kind KIND =
      Kind.of(Resources.SERVICES, new Services(), ServiceColumns.COLUMNS)
          .with(Trait.STATUS, Trait.CREATE_ON_UPDATE, Trait.ANSWERS_WITH_DELETED)
          .with(Subresource.ofStream("proxy", "v1", "ServiceProxyOptions"))
          .selectable("spec.clusterIP")
          .selectable("spec.type");

  private static final long AFFINITY_SECONDS = 10800;

  private Services() {}

  @Override
  public KubeObject defaulted(KubeObject service) {
    KubeObject complete = Workload.or(service, "ClusterIP", "spec", "type");
    complete = withAffinity(Workload.or(complete, "None", "spec", "sessionAffinity"));
    complete = complete.with(withTargets(complete.spec()), "spec");
    if (ServiceTrafficCheck.isReachable(complete.spec())) {
      complete = Workload.or(complete, "Cluster", "spec", "externalTrafficPolicy");
    }
    if (ServiceChange.needsAddress(complete.spec())) {
      complete = Workload.or(complete, "Cluster", "spec", "internalTrafficPolicy");
    }
    return complete.spec().text("type").equals("LoadBalancer") ? withBalancing(complete) : complete;
  }

  private static KubeObject withAffinity(KubeObject service) {
    return switch (service.spec().text("sessionAffinity")) {
      case "None" -> service.without("spec", "sessionAffinityConfig");
      case "ClientIP" ->
          Workload.or(
              service,
              AFFINITY_SECONDS,
              "spec",
              "sessionAffinityConfig",
              "clientIP",
              "timeoutSeconds");
      default -> service;
    };
  }

  private static KubeObject withBalancing(KubeObject service) {
    return Workload.or(service, true, "spec", "allocateLoadBalancerNodePorts")
        .withChild(
            "status",
            status ->
                status.withChild(
                    "loadBalancer", balancer -> balancer.withEach("ingress", Services::withMode)));
  }

  private static Tree withMode(Tree point) {
    return point.text("ip").isEmpty() ? point : point.withDefault("ipMode", "VIP");
  }

  private static Tree withTargets(Tree spec) {
    Tree complete = Ports.withProtocols(spec);
    Items ports = complete.items("ports");
    for (int i = 0; i < ports.size(); i++) {
      Tree port = ports.tree(i);
      Object target = port.get("targetPort");
      if (target == null || target.equals("") || target.equals(0L)) {
        ports = ports.with(i, port.with("targetPort", port.number(0, "port")));
      }
    }
    return ports.isEmpty() ? complete : complete.with("ports", ports);
  }

  /** Old clients know one address; those who know the list have to set both. */
  @Override
  public KubeObject prepared(KubeObject created) {
    Tree spec = created.spec();
    String address = spec.text("clusterIP");
    if (!address.isEmpty() && spec.items("clusterIPs").isEmpty()) {
      spec = spec.with("clusterIPs", Items.of(address));
    }
    return created
        .with(ServiceFamilies.completed(spec, Tree.EMPTY), "spec")
        .with(Tree.of("loadBalancer", Tree.EMPTY), "status");
  }

  @Override
  public KubeObject prepared(KubeObject updated, KubeObject old) {
    return ServiceChange.applied(updated, old);
  }

  /** Addresses, and ports of the nodes. */
  @Override
  public Set<String> unique(KubeObject service) {
    Tree spec = service.spec();
    Set<String> unique = new HashSet<>();
    if (ServiceChange.needsAddress(spec)) {
      unique.addAll(spec.items("clusterIPs").texts());
    }
    spec.items("ports").trees().forEach(port -> unique.add(port(port, "nodePort")));
    unique.add(port(spec, "healthCheckNodePort"));
    unique.removeAll(Set.of("", "0", "None"));
    return unique;
  }

  private static String port(Tree tree, String field) {
    return Long.toString(tree.number(0, field));
  }

  @Override
  public void check(KubeObject service, Problems problems) {
    ServiceCheck.check(service, problems);
  }

  @Override
  public void checkReplacement(KubeObject updated, KubeObject old, Problems problems) {
    ServiceCheck.checkUpdate(updated, old, problems);
    check(updated, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    ServiceTrafficCheck.checkStatus(updated, problems);
  }
}
