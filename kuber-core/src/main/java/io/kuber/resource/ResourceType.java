package io.kuber.resource;

import io.kuber.object.KubeObject;
import io.kuber.store.Key;
import java.util.List;

/**
 * The names of one resource, as discovery tells them.
 *
 * @param group the API group; empty for the core group
 * @param version the version in which objects are stored and which discovery prefers
 * @param kind such as {@code Deployment}
 * @param plural such as {@code deployments}, as it stands in paths
 * @param singular such as {@code deployment}
 * @param namespaced whether objects live in a namespace
 * @param shortNames such as {@code deploy}
 * @param categories such as {@code all}
 */
public record ResourceType(
    String group,
    String version,
    String kind,
    String plural,
    String singular,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories) {

  /** Copies the lists. */
  public ResourceType {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
  }

  /** {@code deployments.apps}, or only {@code pods} for the core group; keys start with it. */
  public String qualifiedName() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** {@code apps/v1}, or only {@code v1} for the core group. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /**
   * The same resource in another group or version. In another group it goes by its full name only:
   * otherwise {@code kubectl get all} would show an object once per group, and kubectl would warn
   * of every short name that it means more than one.
   */
  public ResourceType in(String otherGroup, String otherVersion) {
    boolean stays = otherGroup.equals(group);
    return new ResourceType(
        otherGroup,
        otherVersion,
        kind,
        plural,
        singular,
        namespaced,
        stays ? shortNames : List.of(),
        stays ? categories : List.of());
  }

  /** The key of the object of that name; the namespace is empty for objects of cluster scope. */
  public Key key(String namespace, String name) {
    return new Key(qualifiedName(), namespace, name);
  }

  /** The key of an object of this type. */
  public Key keyOf(KubeObject object) {
    return key(object.namespace(), object.name());
  }

  /** An object of this type with nothing but its names. */
  public KubeObject object(String namespace, String name) {
    return KubeObject.of(apiVersion(), kind, namespace, name);
  }
}
