package io.kuber.kuard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The URLs and who answers them. A pattern is a path whose segments may be {@code :name} (one
 * segment) or, at the end, {@code *} (the rest); the first pattern that fits wins.
 */
final class Routes {
  /** Answers one call; throws {@link Refusal} for what it cannot serve. */
  interface Handler {
    Reply answer(Call call) throws IOException;
  }

  /** A route that fits, its handler bound to the names that matched. */
  record Match(String pattern, Handler handler, Map<String, String> names) {}

  private record Route(String method, String pattern, List<String> segments, Handler handler) {}

  private final List<Route> routes = new ArrayList<>();

  Routes get(String pattern, Handler handler) {
    return on("GET", pattern, handler);
  }

  Routes put(String pattern, Handler handler) {
    return on("PUT", pattern, handler);
  }

  Routes post(String pattern, Handler handler) {
    return on("POST", pattern, handler);
  }

  Routes delete(String pattern, Handler handler) {
    return on("DELETE", pattern, handler);
  }

  private Routes on(String method, String pattern, Handler handler) {
    routes.add(new Route(method, pattern, segments(pattern), handler));
    return this;
  }

  /** Finds the route; 404 when no pattern fits, 405 when one does but not with this method. */
  Match find(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    List<String> segments = segments(path);
    Set<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> names = match(route.segments, segments);
      if (names.isPresent()) {
        if (route.method.equals(wanted)) {
          return new Match(route.pattern, route.handler, names.get());
        }
        allowed.add(route.method);
      }
    }
    if (allowed.isEmpty()) {
      throw new Refusal(404, "nothing is served at " + path);
    }
    throw new Refusal(405, path + " takes " + String.join(", ", allowed) + ", not " + method);
  }

  private static Optional<Map<String, String>> match(List<String> pattern, List<String> path) {
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      String expected = pattern.get(i);
      if (expected.equals("*") && i < path.size()) {
        names.put("*", String.join("/", path.subList(i, path.size())));
        return Optional.of(names);
      }
      if (i >= path.size()) {
        return Optional.empty();
      }
      if (expected.startsWith(":") && !path.get(i).isEmpty()) {
        names.put(expected.substring(1), path.get(i));
      } else if (!expected.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return pattern.size() == path.size() ? Optional.of(names) : Optional.empty();
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    int from = path.startsWith("/") ? 1 : 0;
    for (int slash; (slash = path.indexOf('/', from)) >= 0; from = slash + 1) {
      segments.add(path.substring(from, slash));
    }
    segments.add(path.substring(from));
    return segments;
  }
}
