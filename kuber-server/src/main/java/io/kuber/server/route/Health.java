package io.kuber.server.route;

import static java.util.stream.Collectors.joining;

import io.kuber.http.Query;
import io.kuber.http.Request;
import io.kuber.http.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * {@code /livez}, {@code /readyz} and {@code /healthz}: a list of named checks, all of which must
 * pass (k8s.io/apiserver, pkg/server/healthz).
 */
public final class Health {
  private final Map<String, BooleanSupplier> checks = new LinkedHashMap<>();

  /** Checks in the order of the map; each is asked at every request and must be quick. */
  public Health(Map<String, BooleanSupplier> checks) {
    this.checks.put("ping", () -> true);
    this.checks.putAll(checks);
  }

  Response answer(Request request) {
    List<String> segments = request.segments();
    Response response =
        segments.size() == 1
            ? all(segments.get(0), request.query())
            : one(String.join("/", segments.subList(1, segments.size())));
    return response.with("X-Content-Type-Options", "nosniff");
  }

  private Response one(String name) {
    BooleanSupplier check = checks.get(name);
    if (check == null) {
      return Response.text(404, "404 page not found\n");
    }
    return check.getAsBoolean()
        ? Response.text(200, "ok")
        : Response.text(500, "internal server error: " + name + " failed\n");
  }

  private Response all(String name, Query query) {
    StringBuilder lines = new StringBuilder();
    Set<String> excluded = new TreeSet<>(query.all("exclude"));
    boolean passed = true;
    for (Map.Entry<String, BooleanSupplier> check : checks.entrySet()) {
      if (excluded.remove(check.getKey())) {
        lines.append("[+]").append(check.getKey()).append(" excluded: ok\n");
      } else if (check.getValue().getAsBoolean()) {
        lines.append("[+]").append(check.getKey()).append(" ok\n");
      } else {
        passed = false;
        lines.append("[-]").append(check.getKey()).append(" failed: reason withheld\n");
      }
    }
    if (!excluded.isEmpty()) {
      lines.append(unmatched(excluded));
    }
    if (!passed) {
      return Response.text(500, lines + name + " check failed\n");
    }
    return Response.text(200, query.has("verbose") ? lines + name + " check passed\n" : "ok");
  }

  private static String unmatched(Set<String> excluded) {
    String names = excluded.stream().map(name -> '"' + name + '"').collect(joining(", "));
    return "warn: some health checks cannot be excluded: no matches for " + names + "\n";
  }
}
