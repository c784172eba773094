package io.kuber.node.endpoint;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.http.Exchange;
import io.kuber.http.Handler;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.node.stats.Summary;
import io.kuber.object.Tree;
import io.kuber.server.tunnel.SessionThreads;
import io.kuber.server.tunnel.Tunnels;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The paths that a node answers, to requests that were let through (pkg/kubelet/server/server.go).
 * For any thread.
 */
public final class NodeEndpoint implements Handler, AutoCloseable {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final NodeView node;
  private final Tunnels tunnels;
  private final SessionThreads threads = new SessionThreads(PodDial.THREADS);
  private final Map<String, Handler> paths = new LinkedHashMap<>();

  /** An endpoint of the node; {@code clock} turns ages of logs into times. */
  public NodeEndpoint(NodeView node, InstantSource clock) {
    this.node = node;
    this.tunnels = new Tunnels(node.gateway(), clock);
    PodPaths pods = new PodPaths(node, tunnels);
    MachineLogs logs = new MachineLogs(node.logs());
    paths.put("healthz", this::health);
    paths.put("pods", get(() -> json(PodLists.all(node.pods().get()))));
    paths.put("runningpods", get(() -> json(PodLists.running(node.pods().get()))));
    paths.put("stats", this::stats);
    paths.put("metrics", get(() -> metrics(MetricsText.ofAgent(node))));
    paths.put("metrics/resource", get(() -> metrics(MetricsText.ofResources(summary()))));
    paths.put("metrics/cadvisor", get(() -> metrics(MetricsText.ofContainers(summary()))));
    paths.put("metrics/probes", get(() -> metrics(MetricsText.ofProbes(node))));
    paths.put("configz", get(() -> json(Configuration.document(node))));
    paths.put("containerLogs", pods::logs);
    paths.put("exec", pods::exec);
    paths.put("attach", pods::attach);
    paths.put("portForward", pods::portForward);
    paths.put("dial", new PodDial(pods, node.gateway(), threads));
    paths.put("run", pods::run);
    paths.put("logs", logs);
  }

  @Override
  public void handle(Exchange exchange) throws Exception {
    List<String> segments = exchange.request().segments();
    Handler found = paths.get(String.join("/", segments));
    if (found == null && !segments.isEmpty()) {
      found = below(segments.get(0));
    }
    if (found == null) {
      throw new ApiException(StatusReason.NOT_FOUND, "404 page not found");
    }
    found.handle(exchange);
  }

  /** What answers all paths below its own. */
  private @Nullable Handler below(String first) {
    return switch (first) {
      case "healthz",
          "stats",
          "containerLogs",
          "exec",
          "attach",
          "portForward",
          "dial",
          "run",
          "logs" ->
          paths.get(first);
      default -> null;
    };
  }

  /** Well is who answers: the pods are asked for on the node's loop. */
  private void health(Exchange exchange) {
    Objects.requireNonNull(node.pods().get());
    exchange.respond(Response.text(200, "ok"));
  }

  private void stats(Exchange exchange) {
    List<String> segments = exchange.request().segments();
    if (segments.size() != 2 || !segments.get(1).equals("summary")) {
      throw new ApiException(StatusReason.NOT_FOUND, "404 page not found");
    }
    boolean brief = exchange.request().query().isTrue("only_cpu_and_memory");
    exchange.respond(json(SummaryDocument.of(summary(), brief)));
  }

  private Summary summary() {
    return node.summary()
        .get()
        .orElseThrow(
            () ->
                new ApiException(
                    StatusReason.SERVICE_UNAVAILABLE, "nothing has been measured yet"));
  }

  /** An answer that has to be put together. */
  private interface Answer {
    Response make();
  }

  private static Handler get(Answer answer) {
    return exchange -> {
      Request request = exchange.request();
      if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
        throw new ApiException(StatusReason.METHOD_NOT_ALLOWED, "405 method not allowed");
      }
      exchange.respond(answer.make());
    };
  }

  private static Response json(Tree document) {
    return Response.of(200, "application/json", Json.print(document));
  }

  private static Response metrics(String text) {
    return Response.of(200, PROMETHEUS, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends all streams. */
  @Override
  public void close() {
    tunnels.close();
    threads.close();
  }
}
