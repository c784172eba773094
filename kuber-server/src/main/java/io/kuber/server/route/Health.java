package io.kuber.server.route;

import io.kuber.http.Request;
import io.kuber.http.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    if (segments.size() == 2) {
      BooleanSupplier check = checks.get(segments.get(1));
      return check == null
          ? Response.text(404, "404 page not found\n")
          : check.getAsBoolean() ? Response.text(200, "ok") : Response.text(500, "failed");
    }
    return answer(segments.get(0), request.query().has("verbose"), request.query().all("exclude"));
  }

  private Response answer(String name, boolean verbose, List<String> excluded) {
    List<String> lines = new ArrayList<>();
    boolean passed = true;
    for (Map.Entry<String, BooleanSupplier> check : checks.entrySet()) {
      if (excluded.contains(check.getKey())) {
        lines.add("[+]" + check.getKey() + " excluded: ok");
      } else if (check.getValue().getAsBoolean()) {
        lines.add("[+]" + check.getKey() + " ok");
      } else {
        passed = false;
        lines.add("[-]" + check.getKey() + " failed: reason withheld");
      }
    }
    lines.add(name + " check " + (passed ? "passed" : "failed"));
    String details = String.join("\n", lines) + "\n";
    if (!passed) {
      return Response.text(500, details);
    }
    return Response.text(200, verbose ? details : "ok");
  }
}
