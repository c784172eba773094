package io.kuber.resource.builtin;

import io.kuber.resource.Catalogue;
import io.kuber.resource.old.OldVersions;
import java.util.List;

/** The built-in kinds: one list. Their old versions are another, {@link OldVersions}. */
public final class BuiltInKinds {
  private static final Catalogue CATALOGUE =
      new Catalogue(
          OldVersions.addedTo(
              List.of(
                  Bindings.KIND,
                  ComponentStatuses.KIND,
                  Namespaces.KIND,
                  Nodes.KIND,
                  Pods.KIND,
                  Services.KIND,
                  EndpointsObjects.KIND,
                  ConfigMaps.KIND,
                  Secrets.KIND,
                  ServiceAccounts.KIND,
                  ReplicationControllers.KIND,
                  PersistentVolumes.KIND,
                  PersistentVolumeClaims.KIND,
                  LimitRanges.KIND,
                  ResourceQuotas.KIND,
                  PodTemplates.KIND,
                  Events.KIND,
                  Deployments.KIND,
                  ReplicaSets.KIND,
                  StatefulSets.KIND,
                  DaemonSets.KIND,
                  ControllerRevisions.KIND,
                  Jobs.KIND,
                  CronJobs.KIND,
                  HorizontalPodAutoscalers.KIND,
                  PodDisruptionBudgets.KIND,
                  EndpointSlices.KIND,
                  Leases.KIND,
                  CustomResourceDefinitions.KIND)));

  private BuiltInKinds() {}

  /** The catalogue of them all, always the same. */
  public static Catalogue catalogue() {
    return CATALOGUE;
  }
}
