package io.kuber.engine.wire;

import io.kuber.engine.EngineException;
import io.kuber.http.Headers;
import io.kuber.http.Response;
import io.kuber.http.StreamExchange;
import io.kuber.http.StreamHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which endpoint a request is for. Routes are added before the first request; from then on it is
 * for any thread.
 */
public final class Routes implements StreamHandler {
  /** What clients learn from every answer ({@code docker} chooses the version by it). */
  static final Headers ALWAYS =
      Headers.of(
          "Api-Version",
          ApiVersion.NEWEST,
          "Docker-Experimental",
          "false",
          "Ostype",
          "linux",
          "Server",
          "kuber");

  private final List<Route> routes = new ArrayList<>();

  private record Route(String method, PathPattern pattern, Endpoint endpoint) {}

  /**
   * Adds a route. Of several that match, the one with the fewest parameters counts.
   *
   * @param method such as {@code GET}
   * @param pattern such as {@code /containers/{id}/json}, without a version; {@code {name*}} stands
   *     for one part or several
   * @return this
   */
  public Routes add(String method, String pattern, Endpoint endpoint) {
    routes.add(new Route(method, new PathPattern(pattern), endpoint));
    routes.sort(Comparator.comparingLong(route -> route.pattern().parameters()));
    return this;
  }

  @Override
  public void handle(StreamExchange exchange) throws IOException {
    try {
      dispatch(exchange);
    } catch (EngineException e) {
      if (exchange.isAnswered()) {
        throw new IOException(e);
      }
      exchange.respond(Errors.response(e.status(), String.valueOf(e.getMessage())));
    }
  }

  private void dispatch(StreamExchange exchange) throws IOException {
    List<String> path = ApiVersion.strip(exchange.request().segments());
    for (Route route : routes) {
      Optional<Map<String, String>> parameters =
          route.method().equals(exchange.request().method())
              ? route.pattern().match(path)
              : Optional.empty();
      if (parameters.isPresent()) {
        route.endpoint().answer(new Call(exchange, parameters.get()));
        return;
      }
    }
    exchange.respond(notFound());
  }

  private static Response notFound() {
    return Errors.response(404, "page not found");
  }
}
