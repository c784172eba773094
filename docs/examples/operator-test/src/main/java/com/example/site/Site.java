package com.example.site;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** The operator's own kind: a web site of so many replicas. */
@Group("example.com")
@Version("v1")
public final class Site extends CustomResource<Site.Spec, Site.Status> implements Namespaced {
  /** What is wished for. */
  public record Spec(int replicas) {}

  /** How many pods are ready. */
  public record Status(int ready) {}

  /** A site that says nothing but its name: what is applied with more would own more. */
  public static Site named(String namespace, String name) {
    Site site = new Site();
    site.getMetadata().setNamespace(namespace);
    site.getMetadata().setName(name);
    return site;
  }

  @Override
  protected Spec initSpec() {
    return null;
  }

  @Override
  protected Status initStatus() {
    return null;
  }
}
