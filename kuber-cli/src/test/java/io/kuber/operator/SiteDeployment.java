package io.kuber.operator;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import java.util.Map;

/** The pods of a site; the framework applies this on the server wherever it sees a difference. */
public final class SiteDeployment extends CRUDKubernetesDependentResource<Deployment, Site> {
  static final String TEXT = "kuber.example/text";

  @Override
  protected Deployment desired(Site site, Context<Site> context) {
    Map<String, String> labels = Map.of("site", site.getMetadata().getName());
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(site.getMetadata().getName())
        .withNamespace(site.getMetadata().getNamespace())
        .endMetadata()
        .withNewSpec()
        .withReplicas(site.getSpec().replicas())
        .withNewSelector()
        .withMatchLabels(labels)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .addToAnnotations(TEXT, SiteReconciler.text(context))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("web")
        .withImage("kuber.io/kuard")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
