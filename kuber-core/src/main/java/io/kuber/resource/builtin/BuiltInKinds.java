package io.kuber.resource.builtin;

import io.kuber.resource.Catalogue;
import java.util.List;

/** The built-in kinds: one list, in the order of discovery. */
public final class BuiltInKinds {
  private static final Catalogue CATALOGUE =
      new Catalogue(
          List.of(
              Bindings.KIND,
              Namespaces.KIND,
              Nodes.KIND,
              Pods.KIND,
              Services.KIND,
              EndpointsObjects.KIND,
              ConfigMaps.KIND,
              Secrets.KIND,
              ServiceAccounts.KIND,
              Events.KIND,
              Deployments.KIND,
              ReplicaSets.KIND,
              EndpointSlices.KIND,
              Leases.KIND));

  private BuiltInKinds() {}

  /** The catalogue of them all, always the same. */
  public static Catalogue catalogue() {
    return CATALOGUE;
  }
}
