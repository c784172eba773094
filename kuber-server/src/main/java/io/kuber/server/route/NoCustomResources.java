package io.kuber.server.route;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.server.chain.RequestPath;
import io.kuber.server.chain.ServerRequest;
import java.util.List;

/**
 * The list of custom resource definitions: empty, for there are none. kubectl looks at it before it
 * says that it does not know a kind, and without an answer blames the list instead of the kind.
 */
final class NoCustomResources {
  private NoCustomResources() {}

  static boolean isAsked(ServerRequest request, RequestPath path) {
    return request.request().method().equals("GET")
        && path.group().equals("apiextensions.k8s.io")
        && path.version().equals("v1")
        && path.resource().equals("customresourcedefinitions")
        && path.name().isEmpty()
        && !request.request().query().isTrue("watch");
  }

  static byte[] list() {
    return Json.print(
        Tree.builder()
            .put("kind", "CustomResourceDefinitionList")
            .put("apiVersion", "apiextensions.k8s.io/v1")
            .put("metadata", Tree.of("resourceVersion", "1"))
            .put("items", Items.copyOf(List.of()))
            .build());
  }
}
