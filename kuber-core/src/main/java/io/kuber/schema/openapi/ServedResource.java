package io.kuber.schema.openapi;

import com.google.common.collect.ImmutableSortedSet;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One version of a resource as the server offers it.
 *
 * @param group the API group; empty for the core group
 * @param version such as {@code v1}
 * @param kind such as {@code Deployment}
 * @param plural as it stands in paths
 * @param namespaced whether objects live in a namespace
 * @param verbs of {@code get list watch create update patch delete deletecollection}
 * @param subresources what hangs below an object
 * @param customSchema of a custom resource its {@code openAPIV3Schema}; built-in kinds have none
 */
public record ServedResource(
    String group,
    String version,
    String kind,
    String plural,
    boolean namespaced,
    Set<String> verbs,
    List<Subresource> subresources,
    Optional<Tree> customSchema) {

  public ServedResource {
    verbs = ImmutableSortedSet.copyOf(verbs);
    subresources = List.copyOf(subresources);
  }

  /**
   * A subresource, such as {@code scale}.
   *
   * @param name the last part of the path
   * @param group the group of the kind it takes and answers
   * @param version the version of that kind
   * @param kind such as {@code Scale}
   * @param verbs of {@code get create update patch connect}
   */
  public record Subresource(
      String name, String group, String version, String kind, Set<String> verbs) {
    public Subresource {
      verbs = ImmutableSortedSet.copyOf(verbs);
    }

    Gvk gvk() {
      return new Gvk(group, version, kind);
    }
  }

  Gvk gvk() {
    return new Gvk(group, version, kind);
  }
}
