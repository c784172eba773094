package io.kuber.server.route;

import io.kuber.api.Api;
import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Details;
import io.kuber.api.StatusReason;
import io.kuber.http.Response;
import io.kuber.resource.Served;
import io.kuber.server.aggregate.Elsewhere;
import io.kuber.server.aggregate.Registration;
import io.kuber.server.chain.RequestHandler;
import io.kuber.server.chain.RequestPath;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.metric.ServerMetrics;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out who answers a path: the resource API, or one of a short list of documents.
 *
 * <p>No owner thread; everything it holds is immutable or keeps itself safe.
 */
public final class Router implements RequestHandler {
  private final Api api;
  private final ApiRoute objects;
  private final DiscoveryRoute discovery;
  private final PodStreams streams;
  private final Elsewhere elsewhere;
  private final Map<String, RequestHandler> documents = new LinkedHashMap<>();

  /** Routes to an API and to the documents around it. */
  public Router(
      Api api,
      WatchStreams watches,
      ListStreams lists,
      PodStreams streams,
      Health health,
      TokenKeys keys,
      ServerMetrics metrics,
      InstantSource clock) {
    this(api, watches, lists, streams, health, keys, metrics, clock, Elsewhere.NOWHERE, Map.of());
  }

  /**
   * The same with more than Kubernetes has.
   *
   * @param elsewhere what other servers answer
   * @param further who answers a path, and all below it, of two parts
   */
  public Router(
      Api api,
      WatchStreams watches,
      ListStreams lists,
      PodStreams streams,
      Health health,
      TokenKeys keys,
      ServerMetrics metrics,
      InstantSource clock,
      Elsewhere elsewhere,
      Map<String, RequestHandler> further) {
    this.api = api;
    this.elsewhere = elsewhere;
    this.objects = new ApiRoute(api, watches, lists, clock);
    this.discovery = new DiscoveryRoute(api::catalogue, elsewhere);
    this.streams = streams;
    OpenApiRoute openApi = new OpenApiRoute(api::catalogue, elsewhere, clock);
    documents.put("openapi", openApi::handle);
    documents.put("version", request -> request.respond(json(Version.document())));
    documents.put("healthz", request -> request.respond(health.answer(request.request())));
    documents.put("livez", request -> request.respond(health.answer(request.request())));
    documents.put("readyz", request -> request.respond(health.answer(request.request())));
    documents.put(TokenKeys.CONFIGURATION, keys::configuration);
    documents.put(TokenKeys.KEY_SET, keys::keySet);
    documents.put("metrics", request -> request.respond(Router.text(metrics)));
    documents.putAll(further);
  }

  @Override
  public void handle(ServerRequest request) throws Exception {
    List<String> segments = request.request().segments();
    Optional<Registration> other = request.path().flatMap(this::elsewhere);
    if (other.isPresent()) {
      elsewhere.pass(request, other.get());
    } else if (request.path().isPresent() && !request.path().get().resource().isEmpty()) {
      resource(request, request.path().get());
    } else if (segments.isEmpty()) {
      request.respond(json(Paths.document(discovery.paths(), documents.keySet())));
    } else if (segments.get(0).equals("api") || segments.get(0).equals("apis")) {
      discovery.handle(request);
    } else {
      document(segments).orElseThrow(Router::unknownPath).handle(request);
    }
  }

  private Optional<Registration> elsewhere(RequestPath path) {
    return elsewhere.at(path.group(), path.version());
  }

  /** What stands at the whole path, or answers everything below its first part, or two. */
  private Optional<RequestHandler> document(List<String> segments) {
    return Optional.ofNullable(documents.get(String.join("/", segments)))
        .or(() -> below(segments, 2))
        .or(() -> below(segments, 1));
  }

  private Optional<RequestHandler> below(List<String> segments, int parts) {
    return Optional.ofNullable(
        documents.get(String.join("/", segments.subList(0, Math.min(parts, segments.size())))));
  }

  private void resource(ServerRequest request, RequestPath path) throws Exception {
    Served served =
        api.catalogue()
            .find(path.group(), path.version(), path.resource())
            .orElseThrow(Router::unknownPath);
    if (PodStreams.isStream(served.kind(), path)) {
      streams.handle(request, path, served.kind().type());
    } else {
      objects.handle(request, path, served);
    }
  }

  /** Whether there is a resource at the path. */
  public boolean serves(RequestPath path) {
    return elsewhere(path).isPresent()
        || api.catalogue().find(path.group(), path.version(), path.resource()).isPresent();
  }

  private static Response text(ServerMetrics metrics) {
    byte[] text = metrics.text().getBytes(StandardCharsets.UTF_8);
    return Response.of(200, "text/plain; version=0.0.4; charset=utf-8", text);
  }

  private static Response json(byte[] body) {
    return Response.of(200, "application/json", body);
  }

  static ApiException unknownPath() {
    return new ApiException(
        StatusReason.NOT_FOUND, "the server could not find the requested resource", Details.NONE);
  }
}
