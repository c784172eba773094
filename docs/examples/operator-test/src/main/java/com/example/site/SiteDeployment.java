package com.example.site;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import java.util.Map;

/** The pods of a site. The framework applies this on the server wherever it sees a difference. */
public final class SiteDeployment extends CRUDKubernetesDependentResource<Deployment, Site> {
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
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("web")
        .withImage("example.com/web:1")
        .endContainer()
        // Pods leave a lost node at once instead of after five minutes.
        .addNewToleration()
        .withKey("node.kubernetes.io/unreachable")
        .withOperator("Exists")
        .withEffect("NoExecute")
        .withTolerationSeconds(0L)
        .endToleration()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
