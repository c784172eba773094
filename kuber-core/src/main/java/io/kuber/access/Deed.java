package io.kuber.access;

/** What somebody wants to do (apiserver, pkg/authorization/authorizer, Attributes). */
public sealed interface Deed {
  /** Such as {@code get}, {@code list} or {@code create}. */
  String verb();

  /**
   * Something done with a resource.
   *
   * @param group the API group; empty for the core group
   * @param version of the group
   * @param resource the plural, such as {@code pods}
   * @param subresource such as {@code log}; empty for the resource itself
   * @param namespace empty at the scope of the cluster, and for all namespaces
   * @param name empty for all objects
   */
  record OnResource(
      String verb,
      String group,
      String version,
      String resource,
      String subresource,
      String namespace,
      String name)
      implements Deed {}

  /**
   * Something done with a path that is no resource, such as {@code /healthz}.
   *
   * @param path from the root
   */
  record OnPath(String verb, String path) implements Deed {}
}
