package io.kuber.resource.old;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Conversion;
import java.util.function.UnaryOperator;

/**
 * Endpoint slices whose endpoints had one map for zone and node
 * (pkg/apis/discovery/v1beta1/conversion.go).
 */
final class OldEndpointSlices implements Conversion {
  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final String HOST = "kubernetes.io/hostname";

  @Override
  public KubeObject toStored(KubeObject sent) {
    return each(sent, OldEndpointSlices::modern);
  }

  @Override
  public KubeObject fromStored(KubeObject stored) {
    return each(stored, OldEndpointSlices::old);
  }

  private static Tree modern(Tree endpoint) {
    Tree topology = endpoint.tree("topology");
    Tree changed = endpoint.without("topology");
    if (topology.has(ZONE)) {
      changed = changed.with("zone", topology.text(ZONE));
    }
    Tree others = topology.without(ZONE);
    if (changed.text("nodeName").equals(topology.text(HOST))) {
      others = others.without(HOST);
    }
    return others.isEmpty() ? changed : changed.with("deprecatedTopology", others);
  }

  private static Tree old(Tree endpoint) {
    Tree topology = endpoint.tree("deprecatedTopology");
    Tree changed = endpoint.without("deprecatedTopology").without("zone");
    if (endpoint.has("zone")) {
      topology = topology.with(ZONE, endpoint.text("zone"));
    }
    if (endpoint.has("nodeName")) {
      topology = topology.with(HOST, endpoint.text("nodeName"));
    }
    return topology.isEmpty() ? changed : changed.with("topology", topology);
  }

  private static KubeObject each(KubeObject slice, UnaryOperator<Tree> change) {
    Items endpoints = slice.tree().items("endpoints");
    for (int i = 0; i < endpoints.size(); i++) {
      endpoints = endpoints.with(i, change.apply(endpoints.tree(i)));
    }
    return endpoints.isEmpty() ? slice : slice.with(endpoints, "endpoints");
  }
}
