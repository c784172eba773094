package com.example.site;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import java.util.Optional;

/** Keeps a Deployment for each site, reports its ready pods, and says farewell when it goes. */
@Workflow(dependents = @Dependent(type = SiteDeployment.class))
@ControllerConfiguration(name = "sites")
public final class SiteReconciler implements Reconciler<Site>, Cleaner<Site> {
  @Override
  public UpdateControl<Site> reconcile(Site site, Context<Site> context) {
    int ready =
        context
            .getSecondaryResource(Deployment.class)
            .flatMap(deployment -> Optional.ofNullable(deployment.getStatus()))
            .flatMap(status -> Optional.ofNullable(status.getReadyReplicas()))
            .orElse(0);
    Site.Status status = new Site.Status(ready);
    // A patch that changes nothing would cost more than a request: while it is on its way, version
    // 5.3.2 of the framework takes somebody else's change for its own, and does not look at it.
    if (status.equals(site.getStatus())) {
      return UpdateControl.noUpdate();
    }
    Site update = Site.named(site.getMetadata().getNamespace(), site.getMetadata().getName());
    update.setStatus(status);
    return UpdateControl.patchStatus(update);
  }

  @Override
  public DeleteControl cleanup(Site site, Context<Site> context) {
    ConfigMap farewell =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("farewell-" + site.getMetadata().getName())
            .withNamespace(site.getMetadata().getNamespace())
            .endMetadata()
            .addToData("replicas", String.valueOf(site.getSpec().replicas()))
            .build();
    context.getClient().resource(farewell).serverSideApply();
    return DeleteControl.defaultDelete();
  }
}
