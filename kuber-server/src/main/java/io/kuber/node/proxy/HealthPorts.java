package io.kuber.node.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.http.ErrorShape;
import io.kuber.http.Headers;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens where balancers ask whether a node has backends of a service: 200 if it has, 503 if not
 * (pkg/proxy/healthcheck/service_health.go). A port that is taken is tried again with every report.
 *
 * <p>Reports come from one thread, in the network namespace of the node; answers are given by the
 * server's threads, each from the last report.
 */
public final class HealthPorts implements HealthReports, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthPorts.class);

  /** Each has threads of its own; a cluster has few balancers that keep clients' addresses. */
  private static final int MOST_PORTS = 100;

  /** A question has no body. */
  private static final int MOST_CONNECTIONS = 256;

  private static final int MOST_BODY_BYTES = 1024;

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  private static final String BODY =
      """
      {
      \t"service": {
      \t\t"namespace": "%s",
      \t\t"name": "%s"
      \t},
      \t"localEndpoints": %d,
      \t"serviceProxyHealthy": %b
      }""";

  private final Map<Integer, HttpServer> servers = new HashMap<>();
  private final Set<Integer> failed = new HashSet<>();
  private volatile Map<Integer, Response> answers = Map.of();

  @Override
  public void report(List<HealthCheck> checks, boolean healthy) {
    Map<Integer, Response> next = new HashMap<>();
    checks.stream()
        .limit(MOST_PORTS)
        .forEach(check -> next.putIfAbsent(check.port(), answer(check, healthy)));
    answers = Map.copyOf(next);
    servers.entrySet().removeIf(server -> endsUnless(next.keySet(), server));
    next.keySet().forEach(this::listen);
  }

  private static boolean endsUnless(Set<Integer> wanted, Map.Entry<Integer, HttpServer> server) {
    if (wanted.contains(server.getKey())) {
      return false;
    }
    server.getValue().close();
    return true;
  }

  private void listen(int port) {
    if (servers.containsKey(port)) {
      return;
    }
    try {
      servers.put(
          port, HttpServer.start(config(port), exchange -> exchange.respond(answerOf(port))));
      failed.remove(port);
    } catch (IOException e) {
      if (failed.add(port)) {
        LOG.warn("balancers cannot ask at health check port {}: {}", port, e.getMessage());
      }
    }
  }

  private static HttpServerConfig config(int port) {
    return new HttpServerConfig(
        new InetSocketAddress("0.0.0.0", port),
        Optional.empty(),
        ErrorShape.TEXT,
        MOST_BODY_BYTES,
        REQUEST_TIMEOUT,
        MOST_CONNECTIONS);
  }

  private Response answerOf(int port) {
    return Optional.ofNullable(answers.get(port)).orElseGet(() -> Response.empty(503));
  }

  private static Response answer(HealthCheck check, boolean healthy) {
    String body = BODY.formatted(check.namespace(), check.name(), check.backends(), healthy);
    return new Response(
        check.backends() > 0 && healthy ? 200 : 503,
        Headers.of(
            "Content-Type",
            "application/json",
            "X-Content-Type-Options",
            "nosniff",
            "X-Load-Balancing-Endpoint-Weight",
            Integer.toString(check.backends())),
        body.getBytes(UTF_8));
  }

  @Override
  public void close() {
    servers.values().forEach(HttpServer::close);
    servers.clear();
  }
}
