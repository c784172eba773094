package io.kuber.testkit.chaos;

import io.kuber.resource.ResourceType;
import io.kuber.server.chain.RequestPath;
import io.kuber.server.chain.ServerRequest;

/**
 * What a client asks for, in the words of authorisation.
 *
 * @param verb such as {@code update} or {@code watch}
 * @param group of the resource; empty for the core group
 * @param resource the plural; for other paths than those of resources, the path
 * @param subresource empty for the object itself
 * @param namespace empty for cluster scope, and for all namespaces
 * @param name empty for many objects, and where the body names the object
 * @param agent what the client calls itself
 * @param user whose rights a part of kuber itself has; empty for clients that use HTTP
 */
record Asked(
    String verb,
    String group,
    String resource,
    String subresource,
    String namespace,
    String name,
    String agent,
    String user) {

  static Asked of(ServerRequest request) {
    String agent = request.request().headers().first("User-Agent").orElse("");
    RequestPath path = request.path().filter(known -> !known.resource().isEmpty()).orElse(null);
    return path == null
        ? new Asked(request.verb(), "", request.request().path(), "", "", "", agent, "")
        : new Asked(
            request.verb(),
            path.group(),
            path.resource(),
            path.subresource(),
            path.namespace(),
            path.name(),
            agent,
            "");
  }

  static Asked of(
      String verb, ResourceType type, String namespace, String name, String agent, String user) {
    return new Asked(verb, type.group(), type.plural(), "", namespace, name, agent, user);
  }

  Asked of(String part) {
    return new Asked(verb, group, resource, part, namespace, name, agent, user);
  }

  /** The same about one object, as the event of a watch is. */
  Asked about(String objectNamespace, String objectName) {
    return new Asked(verb, group, resource, subresource, objectNamespace, objectName, agent, user);
  }

  /** {@code deployments.apps}, or only {@code pods} for the core group. */
  String qualifiedResource() {
    return group.isEmpty() ? resource : resource + "." + group;
  }

  boolean isWrite() {
    return switch (verb) {
      case "create", "update", "patch", "delete", "deletecollection" -> true;
      default -> false;
    };
  }
}
