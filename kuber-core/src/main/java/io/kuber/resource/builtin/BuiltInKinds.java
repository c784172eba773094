package io.kuber.resource.builtin;

import com.google.common.collect.ImmutableList;
import io.kuber.resource.Catalogue;
import io.kuber.resource.Kind;
import io.kuber.resource.builtin.apiregistration.ApiRegistrationKinds;
import io.kuber.resource.builtin.certificates.CertificateKinds;
import io.kuber.resource.builtin.devices.DeviceKinds;
import io.kuber.resource.builtin.flowcontrol.FlowControlKinds;
import io.kuber.resource.builtin.metrics.MetricsKinds;
import io.kuber.resource.builtin.networking.NetworkingKinds;
import io.kuber.resource.builtin.node.NodeKinds;
import io.kuber.resource.builtin.rbac.RbacKinds;
import io.kuber.resource.builtin.registration.RegistrationKinds;
import io.kuber.resource.builtin.review.ReviewKinds;
import io.kuber.resource.builtin.scheduling.SchedulingKinds;
import io.kuber.resource.builtin.storage.StorageKinds;
import io.kuber.resource.old.OldVersions;
import java.util.List;

/**
 * The built-in kinds: the list of this package, then those of its groups. Their old versions are
 * another list, {@link OldVersions}.
 */
public final class BuiltInKinds {
  private static final List<Kind> KINDS =
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
          CustomResourceDefinitions.KIND);

  private static final Catalogue CATALOGUE =
      new Catalogue(
          OldVersions.addedTo(
              ImmutableList.<Kind>builder()
                  .addAll(KINDS)
                  .addAll(ApiRegistrationKinds.KINDS)
                  .addAll(CertificateKinds.KINDS)
                  .addAll(ReviewKinds.KINDS)
                  .addAll(NetworkingKinds.KINDS)
                  .addAll(RbacKinds.KINDS)
                  .addAll(StorageKinds.KINDS)
                  .addAll(RegistrationKinds.KINDS)
                  .addAll(SchedulingKinds.KINDS)
                  .addAll(NodeKinds.KINDS)
                  .addAll(FlowControlKinds.KINDS)
                  .addAll(DeviceKinds.KINDS)
                  .addAll(MetricsKinds.KINDS)
                  .build()));

  private BuiltInKinds() {}

  /** The catalogue of them all, always the same. */
  public static Catalogue catalogue() {
    return CATALOGUE;
  }
}
