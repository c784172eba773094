package io.kuber.fairness;

import io.kuber.access.User;

/**
 * What flow schemas look at in a request.
 *
 * @param user who sends it
 * @param verb of the API, such as {@code list}; the method in lower case for other paths
 * @param group of the resource; empty for the core group
 * @param resource the plural, with the subresource behind a slash; empty for other paths
 * @param namespace empty for objects of cluster scope and for lists over all namespaces
 * @param path the decoded path
 */
public record Asked(
    User user, String verb, String group, String resource, String namespace, String path) {
  /** Whether it is for a resource, and not for a document such as {@code /version}. */
  public boolean isForResource() {
    return !resource.isEmpty();
  }
}
