package io.kuber.boot;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.http.Response;
import io.kuber.loop.Loops;
import io.kuber.resource.Catalogue;
import io.kuber.server.chain.RequestHandler;
import io.kuber.server.chain.RequestPath;
import io.kuber.server.chain.Seating;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.fairness.FlowDump;
import io.kuber.server.fairness.Flows;
import io.kuber.server.metric.ServerMetrics;
import io.kuber.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Who waits for whom at the gate of a server, and what is told of it. */
final class Crowds {
  private final Seating seating;
  private final Optional<Flows> flows;

  private Crowds(Seating seating, Optional<Flows> flows) {
    this.seating = seating;
    this.flows = flows;
  }

  /** As the owner of the server has it; what is started is remembered in {@code parts}. */
  static Crowds of(
      CrowdOptions options,
      Store store,
      Supplier<Catalogue> catalogue,
      Loops loops,
      Teardown parts) {
    if (!options.fair()) {
      return new Crowds(new Seating.Limited(options.reads(), options.writes()), Optional.empty());
    }
    Flows flows = parts.add(new Flows(store, options.seats(), loops));
    Seating fair = new Seating.Fair(flows, path -> objects(catalogue.get(), store, path));
    return new Crowds(fair, Optional.of(flows));
  }

  private static long objects(Catalogue catalogue, Store store, RequestPath path) {
    return catalogue
        .find(path.group(), path.version(), path.resource())
        .map(served -> served.kind().type().qualifiedName())
        .map(resource -> (long) store.image().count(resource, path.namespace()))
        .orElse(0L);
  }

  /** The link of the chain. */
  Seating seating() {
    return seating;
  }

  /** Tells what is counted as well. */
  ServerMetrics counting(ServerMetrics metrics) {
    flows.ifPresent(known -> metrics.with(known.metrics()));
    return metrics;
  }

  /** Where people look into the levels. */
  Map<String, RequestHandler> routes() {
    return flows.map(FlowDump::new).stream()
        .collect(Collectors.toMap(dump -> FlowDump.PATH, dump -> request -> dump(dump, request)));
  }

  private static void dump(FlowDump dump, ServerRequest request) {
    List<String> segments = request.request().segments();
    boolean detailed =
        request.request().query().first("includeRequestDetails").filter("1"::equals).isPresent();
    String text =
        (segments.size() == 3 ? dump.table(segments.get(2), detailed) : Optional.<String>empty())
            .orElseThrow(
                () ->
                    new ApiException(
                        StatusReason.NOT_FOUND,
                        "the server could not find the requested resource",
                        ApiException.Details.NONE));
    request.respond(
        Response.of(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8)));
  }
}
