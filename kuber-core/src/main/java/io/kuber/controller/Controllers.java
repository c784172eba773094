package io.kuber.controller;

import io.kuber.access.Access;
import io.kuber.access.User;
import io.kuber.client.Client;
import io.kuber.controller.apiservice.RegistrationController;
import io.kuber.controller.clusterroleaggregation.AggregationController;
import io.kuber.controller.cronjob.CronJobController;
import io.kuber.controller.customresource.CleanupController;
import io.kuber.controller.customresource.DefinitionController;
import io.kuber.controller.daemonset.DaemonSetController;
import io.kuber.controller.deployment.DeploymentController;
import io.kuber.controller.disruption.DisruptedPodController;
import io.kuber.controller.disruption.DisruptionController;
import io.kuber.controller.endpoints.EndpointsController;
import io.kuber.controller.endpointslice.EndpointSliceController;
import io.kuber.controller.endpointslicemirroring.MirroringController;
import io.kuber.controller.ephemeralvolume.EphemeralVolumeController;
import io.kuber.controller.garbage.GarbageController;
import io.kuber.controller.job.JobController;
import io.kuber.controller.job.OrphanedPodController;
import io.kuber.controller.namespace.ForeignContent;
import io.kuber.controller.namespace.NamespaceController;
import io.kuber.controller.node.NodeController;
import io.kuber.controller.nodeipam.PodBlockController;
import io.kuber.controller.persistentvolume.BinderController;
import io.kuber.controller.podautoscaler.AutoscalerController;
import io.kuber.controller.podautoscaler.Metrics;
import io.kuber.controller.podgc.FinishedPodController;
import io.kuber.controller.podgc.PodCollectionController;
import io.kuber.controller.policystatus.PolicyStatusController;
import io.kuber.controller.replicaset.ReplicaSetController;
import io.kuber.controller.resourcequota.QuotaController;
import io.kuber.controller.rootca.RootCertificateController;
import io.kuber.controller.serviceaccount.ServiceAccountController;
import io.kuber.controller.serviceaccounttoken.AccountTokenController;
import io.kuber.controller.servicecidr.IpAddressController;
import io.kuber.controller.servicecidr.ServiceCidrController;
import io.kuber.controller.servicelb.BalancerController;
import io.kuber.controller.servicelb.BalancerPool;
import io.kuber.controller.signingrequest.ApprovalController;
import io.kuber.controller.signingrequest.SigningController;
import io.kuber.controller.signingrequestcleaner.SigningRequestController;
import io.kuber.controller.statefulset.StatefulSetController;
import io.kuber.controller.storageprotection.ClaimProtectionController;
import io.kuber.controller.storageprotection.VolumeProtectionController;
import io.kuber.controller.tainteviction.TaintEvictionController;
import io.kuber.controller.tokencleaner.TokenController;
import io.kuber.controller.ttlafterfinished.FinishedJobController;
import io.kuber.controller.volumeprovisioner.ProvisionerController;
import io.kuber.loop.Loops;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Reconciler;
import io.kuber.resource.AddressRange;
import io.kuber.resource.Catalogue;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.store.Store;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The controllers: one list. To take one out is to delete its package and its line. */
public final class Controllers {
  private Controllers() {}

  /**
   * All controllers on one loop, ready to be started on the leader and stopped when it no longer
   * leads.
   *
   * @param clients gives each controller the client of the user as whom it acts
   * @param catalogue every kind that is served now, custom ones as well
   * @param rootCertificate the certificate of the cluster's authority, in PEM
   * @param access makes tokens and certificates, and knows who may have them
   */
  public static Reconciler of(
      Store store,
      Function<User, Client> clients,
      Loops loops,
      Supplier<Catalogue> catalogue,
      String rootCertificate,
      Access access) {
    return of(
        store,
        clients,
        loops,
        catalogue,
        rootCertificate,
        access,
        Metrics.NONE,
        BalancerPool.NONE,
        AddressRange.PODS,
        ForeignContent.NONE);
  }

  /**
   * The same where there are metrics, by which autoscalers go.
   *
   * @param balancers the addresses for services of type LoadBalancer
   * @param pods the addresses of pods, of which nodes on machines of their own get blocks
   * @param foreign what namespaces hold in other servers of the API
   */
  public static Reconciler of(
      Store store,
      Function<User, Client> clients,
      Loops loops,
      Supplier<Catalogue> catalogue,
      String rootCertificate,
      Access access,
      Metrics metrics,
      BalancerPool balancers,
      AddressRange pods,
      ForeignContent foreign) {
    Supplier<List<ResourceType>> resources = () -> types(catalogue.get());
    return new Reconciler(
        "controllers",
        list(catalogue, resources, rootCertificate, access, metrics, balancers, pods, foreign),
        store,
        controller -> clients.apply(Accounts.of(controller)),
        loops,
        resources);
  }

  /** The names of all controllers, in the order of the list; some share one. */
  public static List<String> names() {
    return list(
            () -> new Catalogue(List.of()),
            List::of,
            "",
            Access.ofAdministrators(),
            Metrics.NONE,
            BalancerPool.NONE,
            AddressRange.PODS,
            ForeignContent.NONE)
        .stream()
        .map(Controller::name)
        .distinct()
        .toList();
  }

  private static List<ResourceType> types(Catalogue catalogue) {
    return catalogue.kinds().stream().map(Kind::type).toList();
  }

  private static List<Controller> list(
      Supplier<Catalogue> catalogue,
      Supplier<List<ResourceType>> resources,
      String rootCertificate,
      Access access,
      Metrics metrics,
      BalancerPool balancers,
      AddressRange pods,
      ForeignContent foreign) {
    return List.of(
        new DeploymentController(),
        ReplicaSetController.ofReplicaSets(),
        ReplicaSetController.ofReplicationControllers(),
        new JobController(),
        new OrphanedPodController(),
        new CronJobController(),
        new FinishedJobController(),
        new AutoscalerController(metrics, resources),
        new StatefulSetController(),
        new DaemonSetController(),
        new BinderController(),
        new ProvisionerController(),
        new EphemeralVolumeController(),
        new ClaimProtectionController(),
        new VolumeProtectionController(),
        new DisruptionController(resources),
        new DisruptedPodController(),
        new AggregationController(),
        new EndpointsController(),
        new EndpointSliceController(),
        new MirroringController(),
        new BalancerController(balancers),
        new ServiceCidrController(),
        new IpAddressController(),
        new NodeController(),
        new PodBlockController(pods),
        new TaintEvictionController(),
        new PodCollectionController(),
        new FinishedPodController(),
        new ServiceAccountController(),
        new AccountTokenController(access.issuer(), rootCertificate),
        new RootCertificateController(rootCertificate),
        new TokenController(),
        new ApprovalController(access.certificates(), access.authorizer()),
        new SigningController(access.certificates()),
        new SigningRequestController(),
        new DefinitionController(),
        new CleanupController(),
        new RegistrationController(),
        new PolicyStatusController(catalogue),
        new QuotaController(resources),
        new GarbageController(resources),
        new NamespaceController(resources, foreign));
  }
}
