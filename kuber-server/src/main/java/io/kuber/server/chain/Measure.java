package io.kuber.server.chain;

import io.kuber.server.metric.ServerMetrics;
import io.kuber.server.metric.ServerMetrics.Labels;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * Counts each request and takes its time. Names that clients make up are left out of the labels:
 * only what is served makes a series.
 */
final class Measure implements Link {
  private final ServerMetrics metrics;
  private final InstantSource clock;
  private final Predicate<RequestPath> isServed;

  Measure(ServerMetrics metrics, InstantSource clock, Predicate<RequestPath> isServed) {
    this.metrics = metrics;
    this.clock = clock;
    this.isServed = isServed;
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    Labels labels = labels(request);
    boolean isLongRunning = request.isLongRunning();
    Instant start = clock.instant();
    metrics.begin(labels, isLongRunning);
    request
        .exchange()
        .onClose(
            () -> {
              Duration took = Duration.between(start, clock.instant());
              metrics.end(labels, isLongRunning, request.exchange().status(), took);
            });
    next.handle(request);
  }

  private Labels labels(ServerRequest request) {
    RequestPath path = request.path().filter(isServed).orElse(null);
    String verb = verb(request);
    if (path == null) {
      return new Labels(verb, "", "", "", "", "");
    }
    String scope =
        !path.name().isEmpty() ? "resource" : !path.namespace().isEmpty() ? "namespace" : "cluster";
    return new Labels(
        verb, path.group(), path.version(), path.resource(), path.subresource(), scope);
  }

  /** In the capitals that kube-apiserver reports (pkg/endpoints/metrics, cleanVerb). */
  private static String verb(ServerRequest request) {
    return switch (request.verb()) {
      case "create" -> "POST";
      case "update" -> "PUT";
      case "patch" -> "PATCH";
      case "delete" -> "DELETE";
      case "deletecollection" -> "DELETECOLLECTION";
      case "list" -> "LIST";
      case "watch" -> "WATCH";
      case "get" -> "GET";
      default -> "other";
    };
  }
}
