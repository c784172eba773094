package io.kuber.engine.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with parameters, such as {@code /containers/{id}/json}. One parameter may stand for
 * several parts, such as the name of an image in {@code /images/{name*}/json}.
 */
final class PathPattern {
  private final List<String> parts;

  PathPattern(String text) {
    this.parts = List.of(text.substring(1).split("/"));
  }

  /** How many parts are parameters; a pattern with fewer says more. */
  long parameters() {
    return parts.stream().filter(PathPattern::isParameter).count()
        + parts.stream().filter(PathPattern::isMany).count() * parts.size();
  }

  /** The parameters of a path, if this is its pattern. */
  Optional<Map<String, String>> match(List<String> path) {
    int surplus = path.size() - parts.size();
    if (surplus < 0 || surplus > 0 && parts.stream().noneMatch(PathPattern::isMany)) {
      return Optional.empty();
    }
    Map<String, String> found = new LinkedHashMap<>();
    int at = 0;
    for (String part : parts) {
      int taken = isMany(part) ? surplus + 1 : 1;
      String value = String.join("/", path.subList(at, at + taken));
      if (isParameter(part)) {
        found.put(part.substring(1, part.length() - (isMany(part) ? 2 : 1)), value);
      } else if (!part.equals(value)) {
        return Optional.empty();
      }
      at += taken;
    }
    return Optional.of(found);
  }

  private static boolean isParameter(String part) {
    return part.startsWith("{");
  }

  private static boolean isMany(String part) {
    return part.endsWith("*}");
  }
}
