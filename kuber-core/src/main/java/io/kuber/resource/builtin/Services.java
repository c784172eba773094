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
import java.util.List;

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
    complete = Workload.or(complete, "None", "spec", "sessionAffinity");
    if (complete.spec().text("sessionAffinity").equals("ClientIP")) {
      complete =
          Workload.or(
              complete,
              AFFINITY_SECONDS,
              "spec",
              "sessionAffinityConfig",
              "clientIP",
              "timeoutSeconds");
    }
    complete = complete.with(withTargets(complete.spec()), "spec");
    String type = complete.spec().text("type");
    if (type.equals("ExternalName")) {
      return complete;
    }
    complete = Workload.or(complete, "Cluster", "spec", "internalTrafficPolicy");
    if (!type.equals("ClusterIP")) {
      complete = Workload.or(complete, "Cluster", "spec", "externalTrafficPolicy");
    }
    if (type.equals("LoadBalancer")) {
      complete = Workload.or(complete, true, "spec", "allocateLoadBalancerNodePorts");
    }
    return withFamilies(complete);
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

  /** A cluster has IPv4 only; {@code clusterIPs} repeats {@code clusterIP}. */
  private static KubeObject withFamilies(KubeObject service) {
    KubeObject complete = Workload.or(service, "SingleStack", "spec", "ipFamilyPolicy");
    complete = Workload.or(complete, Items.of("IPv4"), "spec", "ipFamilies");
    String address = complete.spec().text("clusterIP");
    return address.isEmpty() ? complete : complete.with(Items.of(address), "spec", "clusterIPs");
  }

  /** What was allocated stays, also when an old client leaves it out. */
  @Override
  public KubeObject prepared(KubeObject updated, KubeObject old) {
    if (updated.spec().text("type").equals("ExternalName")) {
      return updated.without("spec", "clusterIPs");
    }
    KubeObject kept = updated;
    String address = old.spec().text("clusterIP");
    if (updated.spec().text("clusterIP").isEmpty() && !address.isEmpty()) {
      kept = kept.with(address, "spec", "clusterIP");
      kept = kept.with(Items.of(address), "spec", "clusterIPs");
    }
    return kept.with(keptNodePorts(kept.spec(), old.spec()), "spec");
  }

  private static Tree keptNodePorts(Tree spec, Tree old) {
    if (spec.text("type").equals("ClusterIP")) {
      return spec;
    }
    Items ports = spec.items("ports");
    List<Tree> before = old.items("ports").trees();
    for (int i = 0; i < ports.size(); i++) {
      Tree port = ports.tree(i);
      for (Tree was : before) {
        boolean same =
            was.number(0, "port") == port.number(0, "port")
                && was.text("protocol").equals(port.text("protocol"));
        if (same && was.has("nodePort") && port.number(0, "nodePort") == 0) {
          ports = ports.with(i, port.with("nodePort", was.number(0, "nodePort")));
        }
      }
    }
    return ports.isEmpty() ? spec : spec.with("ports", ports);
  }

  @Override
  public void check(KubeObject service, Problems problems) {
    ServiceCheck.check(service, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    ServiceCheck.checkUpdate(updated, old, problems);
  }
}
