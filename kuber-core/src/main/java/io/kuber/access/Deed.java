package io.kuber.access;

import java.util.Map;

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
   * @param fields the value that each of these fields of the objects must have, by a field selector
   */
  record OnResource(
      String verb,
      String group,
      String version,
      String resource,
      String subresource,
      String namespace,
      String name,
      Map<String, String> fields)
      implements Deed {
    /** Copies the fields. */
    public OnResource {
      fields = Map.copyOf(fields);
    }

    /** Something done with all objects, or one, whatever is in their fields. */
    public OnResource(
        String verb,
        String group,
        String version,
        String resource,
        String subresource,
        String namespace,
        String name) {
      this(verb, group, version, resource, subresource, namespace, name, Map.of());
    }

    /** {@code pods/log}, or only {@code pods}, as rules name it. */
    public String target() {
      return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    /** The same deed, by another verb. */
    public OnResource by(String otherVerb) {
      return new OnResource(
          otherVerb, group, version, resource, subresource, namespace, name, fields);
    }
  }

  /**
   * Something done with a path that is no resource, such as {@code /healthz}.
   *
   * @param path from the root
   */
  record OnPath(String verb, String path) implements Deed {}
}
