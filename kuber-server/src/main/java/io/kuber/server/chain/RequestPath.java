package io.kuber.server.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a path of the resource API addresses (k8s.io/apiserver, pkg/endpoints/request).
 *
 * @param group empty for the core group
 * @param namespace empty for objects of cluster scope and for lists over all namespaces
 * @param resource the plural, or empty where the path ends at the version (discovery)
 * @param name empty for a collection
 * @param subresource empty for the object itself
 * @param rest what follows the subresource, as {@code proxy} takes it
 * @param watch whether the path has the old {@code /watch/} prefix
 */
public record RequestPath(
    String group,
    String version,
    String namespace,
    String resource,
    String name,
    String subresource,
    List<String> rest,
    boolean watch) {

  /** Copies the rest. */
  public RequestPath {
    rest = List.copyOf(rest);
  }

  /**
   * Reads {@code /api/VERSION/...} and {@code /apis/GROUP/VERSION/...}; empty for every other path.
   *
   * @param segments the decoded segments of the path
   */
  public static Optional<RequestPath> of(List<String> segments) {
    List<String> parts = new ArrayList<>(segments);
    parts.removeIf(String::isEmpty);
    if (parts.size() >= 2 && parts.get(0).equals("api")) {
      return Optional.of(inVersion("", parts.get(1), parts.subList(2, parts.size())));
    }
    if (parts.size() >= 3 && parts.get(0).equals("apis")) {
      return Optional.of(inVersion(parts.get(1), parts.get(2), parts.subList(3, parts.size())));
    }
    return Optional.empty();
  }

  private static RequestPath inVersion(String group, String version, List<String> parts) {
    boolean watch = !parts.isEmpty() && parts.get(0).equals("watch");
    List<String> path = watch ? parts.subList(1, parts.size()) : parts;
    String namespace = "";
    if (path.size() >= 2 && path.get(0).equals("namespaces") && !isOfNamespaceItself(path)) {
      namespace = path.get(1);
      path = path.subList(2, path.size());
    }
    return new RequestPath(
        group,
        version,
        namespace,
        at(path, 0),
        at(path, 1),
        at(path, 2),
        path.size() > 3 ? path.subList(3, path.size()) : List.of(),
        watch);
  }

  /** {@code namespaces/x}, {@code namespaces/x/status}, {@code namespaces/x/finalize}. */
  private static boolean isOfNamespaceItself(List<String> path) {
    return path.size() == 2
        || (path.size() == 3 && (path.get(2).equals("status") || path.get(2).equals("finalize")));
  }

  private static String at(List<String> path, int index) {
    return index < path.size() ? path.get(index) : "";
  }

  /** {@code apps/v1}, or only {@code v1} for the core group. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
