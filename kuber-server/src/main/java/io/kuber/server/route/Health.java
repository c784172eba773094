package io.kuber.server.route;

import static java.util.stream.Collectors.joining;

import io.kuber.http.Query;
import io.kuber.http.Request;
import io.kuber.http.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * {@code /livez}, {@code /readyz} and {@code /healthz}: lists of named checks, all of which must
 * pass (k8s.io/apiserver, pkg/server/healthz). Unlike upstream's, the lists say why a check failed:
 * that is what somebody looks for there, and it is no secret.
 */
public final class Health {
  private static final String LIVE = "livez";

  private final Map<String, Supplier<Optional<String>>> live = new LinkedHashMap<>();
  private final Map<String, Supplier<Optional<String>>> ready = new LinkedHashMap<>();

  /**
   * Checks in the order of the maps; each is asked at every request, must be quick, and returns why
   * it failed, or empty.
   *
   * @param live fail when only a new start helps
   * @param ready fail when the server is of no use for now; those of {@code live} count too
   */
  public Health(
      Map<String, Supplier<Optional<String>>> live, Map<String, Supplier<Optional<String>>> ready) {
    this.live.put("ping", Optional::empty);
    this.live.putAll(live);
    this.ready.putAll(this.live);
    this.ready.putAll(ready);
  }

  Response answer(Request request) {
    List<String> segments = request.segments();
    String list = segments.get(0);
    Map<String, Supplier<Optional<String>>> checks = list.equals(LIVE) ? live : ready;
    Response response =
        segments.size() == 1
            ? all(list, checks, request.query())
            : one(checks, String.join("/", segments.subList(1, segments.size())));
    return response.with("X-Content-Type-Options", "nosniff");
  }

  private static Response one(Map<String, Supplier<Optional<String>>> checks, String name) {
    Supplier<Optional<String>> check = checks.get(name);
    if (check == null) {
      return Response.text(404, "404 page not found\n");
    }
    return check
        .get()
        .map(why -> Response.text(500, "internal server error: " + name + " failed: " + why + "\n"))
        .orElseGet(() -> Response.text(200, "ok"));
  }

  private static Response all(
      String list, Map<String, Supplier<Optional<String>>> checks, Query query) {
    StringBuilder lines = new StringBuilder();
    Set<String> excluded = new TreeSet<>(query.all("exclude"));
    boolean passed = true;
    for (var check : checks.entrySet()) {
      String name = check.getKey();
      if (excluded.remove(name)) {
        lines.append("[+]").append(name).append(" excluded: ok\n");
        continue;
      }
      Optional<String> failure = check.getValue().get();
      passed &= failure.isEmpty();
      lines.append(
          failure
              .map(why -> "[-]" + name + " failed: " + why + "\n")
              .orElseGet(() -> "[+]" + name + " ok\n"));
    }
    if (!excluded.isEmpty()) {
      lines.append(unmatched(excluded));
    }
    if (!passed) {
      return Response.text(500, lines + list + " check failed\n");
    }
    return Response.text(200, query.has("verbose") ? lines + list + " check passed\n" : "ok");
  }

  private static String unmatched(Set<String> excluded) {
    String names = excluded.stream().map(name -> '"' + name + '"').collect(joining(", "));
    return "warn: some health checks cannot be excluded: no matches for " + names + "\n";
  }
}
