package io.kuber.server.chain;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.Deed.OnPath;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.Ruling;
import io.kuber.api.Deeds;
import java.util.Set;

/** Lets through what the {@link Authorizer} allows, and refuses all else. */
final class Authorize implements Link {
  /** Streams into a container change things, whatever the method that opens them. */
  private static final Set<String> STREAMS = Set.of("exec", "attach", "portforward");

  private static final String DECISION = "authorization.k8s.io/decision";
  private static final String REASON = "authorization.k8s.io/reason";

  private final Authorizer authorizer;

  Authorize(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    Deed deed = deed(request);
    require(request, deed);
    if (deed instanceof OnResource stream && isStreamByGet(stream)) {
      require(request, stream.by("create"));
    }
    next.handle(request);
  }

  /** What was decided, and why, is noted as pkg/endpoints/filters/authorization.go does. */
  private void require(ServerRequest request, Deed deed) {
    Ruling ruling = authorizer.rule(request.user(), deed);
    request.trace().note(DECISION, ruling.allowed() ? "allow" : "forbid");
    request.trace().note(REASON, ruling.reason());
    Deeds.require(request.user(), deed, ruling);
  }

  /** A WebSocket can only be opened by GET (AuthorizePodWebsocketUpgradeCreatePermission). */
  private static boolean isStreamByGet(OnResource deed) {
    return deed.verb().equals("get")
        && deed.resource().equals("pods")
        && STREAMS.contains(deed.subresource());
  }

  static Deed deed(ServerRequest request) {
    if (request.path().isEmpty() || request.path().get().resource().isEmpty()) {
      return new OnPath(request.verb(), routed(request));
    }
    RequestPath path = request.path().get();
    return Deeds.completed(
        new OnResource(
            request.verb(),
            path.group(),
            path.version(),
            path.resource(),
            path.subresource(),
            path.namespace(),
            path.name()),
        request.request().query().first("fieldSelector").orElse(""));
  }

  /** The path as the routes read it: decoded, and without the slashes that say nothing. */
  static String routed(ServerRequest request) {
    String path = "/" + String.join("/", request.request().segments());
    return path.length() > 1 && request.request().path().endsWith("/") ? path + "/" : path;
  }
}
