package io.kuber.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a Deployment for each site, reports its pods and its text in the site's status, and leaves
 * a farewell behind when the site goes.
 */
@Workflow(dependents = @Dependent(type = SiteDeployment.class))
@ControllerConfiguration(name = "sites")
public final class SiteReconciler implements Reconciler<Site>, Cleaner<Site> {
  /** The label by which a ConfigMap says whose text it holds. */
  static final String OWNER = "site";

  /** The name of what cleaning up leaves behind. */
  static String farewell(Site site) {
    return "farewell-" + site.getMetadata().getName();
  }

  /** What the site's ConfigMap says, if there is one. */
  static String text(Context<Site> context) {
    return context
        .getSecondaryResource(ConfigMap.class)
        .map(map -> map.getData().get("text"))
        .orElse("");
  }

  @Override
  public List<EventSource<?, Site>> prepareEventSources(EventSourceContext<Site> context) {
    return List.of(
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(ConfigMap.class, Site.class)
                .withLabelSelector(OWNER)
                .withSecondaryToPrimaryMapper(
                    map ->
                        Set.of(
                            new ResourceID(
                                map.getMetadata().getLabels().get(OWNER),
                                map.getMetadata().getNamespace())))
                .build(),
            context));
  }

  @Override
  public UpdateControl<Site> reconcile(Site site, Context<Site> context) {
    int ready =
        context
            .getSecondaryResource(Deployment.class)
            .flatMap(deployment -> Optional.ofNullable(deployment.getStatus()))
            .flatMap(status -> Optional.ofNullable(status.getReadyReplicas()))
            .orElse(0);
    Site update = Site.named(site.getMetadata().getNamespace(), site.getMetadata().getName());
    update.setStatus(new Site.Status(ready, text(context)));
    return UpdateControl.patchStatus(update);
  }

  @Override
  public DeleteControl cleanup(Site site, Context<Site> context) {
    ConfigMap farewell =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(farewell(site))
            .withNamespace(site.getMetadata().getNamespace())
            .endMetadata()
            .addToData("replicas", String.valueOf(site.getSpec().replicas()))
            .build();
    context.getClient().resource(farewell).serverSideApply();
    return DeleteControl.defaultDelete();
  }
}
