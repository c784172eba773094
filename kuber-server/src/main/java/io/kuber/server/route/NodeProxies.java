package io.kuber.server.route;

import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Details;
import io.kuber.api.StatusReason;
import io.kuber.http.Handler;
import io.kuber.http.Headers;
import io.kuber.http.Response;
import io.kuber.http.Retargeted;
import io.kuber.resource.Kind;
import io.kuber.resource.Resources;
import io.kuber.server.chain.RequestPath;
import io.kuber.server.chain.ServerRequest;
import io.kuber.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code nodes/NAME/proxy/...}: passes requests on to the endpoint of a node, by the right to
 * {@code nodes/proxy} (pkg/registry/core/node/strategy.go). The name may have a scheme and a port
 * around it, which say nothing new: a node has one endpoint.
 */
final class NodeProxies {
  /** The parts of {@code /api/v1/nodes/NAME/proxy}. */
  private static final int PREFIX_PARTS = 5;

  private final Store store;
  private final Function<String, Optional<Handler>> nodes;

  NodeProxies(Store store, Function<String, Optional<Handler>> nodes) {
    this.store = store;
    this.nodes = nodes;
  }

  static boolean isProxy(Kind kind, RequestPath path) {
    return path.subresource().equals("proxy") && kind.type().equals(Resources.NODES);
  }

  void handle(ServerRequest request, RequestPath path) throws Exception {
    String prefix = ProxyPrefix.of(request.request().path(), PREFIX_PARTS);
    String rest = request.request().target().substring(prefix.length());
    if (!rest.startsWith("/")) {
      String location = prefix + "/" + rest;
      request.respond(new Response(301, Headers.of("Location", location), new byte[0]));
      return;
    }
    String name = name(path.name());
    if (store.image().get(Resources.NODES.key("", name)) == null) {
      throw new ApiException(
          StatusReason.NOT_FOUND,
          "nodes \"" + name + "\" not found",
          new Details(name, "", "nodes", "", List.of(), 0));
    }
    nodes
        .apply(name)
        .orElseThrow(
            () ->
                new ApiException(
                    StatusReason.SERVICE_UNAVAILABLE,
                    "error trying to reach service: node " + name + " has no endpoint here",
                    Details.NONE))
        .handle(new Retargeted(request.exchange(), rest));
  }

  /** {@code NAME}, {@code NAME:PORT} or {@code SCHEME:NAME:PORT}. */
  private static String name(String text) {
    String[] parts = text.split(":", -1);
    return parts.length == 3 ? parts[1] : parts[0];
  }
}
