package io.kuber.operator;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** The operator's own kind: a web site of so many replicas, whose text is in a ConfigMap. */
@Group("kuber.example")
@Version("v1")
public final class Site extends CustomResource<Site.Spec, Site.Status> implements Namespaced {
  private static final long serialVersionUID = 1;

  static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: sites.kuber.example}
      spec:
        group: kuber.example
        names: {kind: Site, plural: sites, singular: site}
        scope: Namespaced
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    replicas: {type: integer, minimum: 0}
                status:
                  type: object
                  properties:
                    ready: {type: integer}
                    text: {type: string}
          subresources:
            status: {}
      """;

  /** What is wished for. */
  public record Spec(int replicas) {}

  /** How many pods are ready, and the text that they show. */
  public record Status(int ready, String text) {}

  /** A site of that name which says only so much of itself. */
  static Site named(String namespace, String name) {
    Site site = new Site();
    site.getMetadata().setNamespace(namespace);
    site.getMetadata().setName(name);
    return site;
  }

  /** None: what is applied with a spec of its own would own it. */
  @Override
  protected @Nullable Spec initSpec() {
    return null;
  }

  @Override
  protected @Nullable Status initStatus() {
    return null;
  }
}
