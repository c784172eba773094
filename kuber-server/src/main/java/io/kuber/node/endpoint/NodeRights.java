package io.kuber.node.endpoint;

import io.kuber.access.Deed.OnResource;
import java.util.List;
import java.util.Locale;

/**
 * What a request to a node is, as rules of the cluster name it: a verb on a subresource of the node
 * (pkg/kubelet/server/auth.go, with KubeletFineGrainedAuthz). Pure.
 */
final class NodeRights {
  private NodeRights() {}

  /** The deeds of which one has to be allowed, the narrowest first. */
  static List<OnResource> of(String node, String method, List<String> segments) {
    String verb = verb(method);
    return subresources(segments.isEmpty() ? "" : segments.get(0)).stream()
        .map(part -> new OnResource(verb, "", "v1", "nodes", part, "", node))
        .toList();
  }

  private static List<String> subresources(String first) {
    return switch (first) {
      case "stats", "metrics" -> List.of(first);
      case "logs" -> List.of("log");
      case "pods", "runningpods" -> List.of("pods", "proxy");
      case "healthz", "configz" -> List.of(first, "proxy");
      default -> List.of("proxy");
    };
  }

  private static String verb(String method) {
    return switch (method) {
      case "POST" -> "create";
      case "GET", "HEAD" -> "get";
      case "PUT" -> "update";
      default -> method.toLowerCase(Locale.ROOT);
    };
  }
}
