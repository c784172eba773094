package io.kuber.testkit.manifest;

import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One object in a file.
 *
 * @param file as messages name it
 * @param document its number in the file, from one
 * @param item where it stands in the document, such as {@code items[3]}; empty for the whole of it
 * @param text of the document, behind so many empty lines as stand before it
 */
public record Manifest(String file, int document, String item, String text, KubeObject object) {
  /** Whether it comes from a cluster: nobody else gives uids. */
  boolean isFromCluster() {
    return !object.uid().isEmpty();
  }

  /** A mistake in a field, with the place: {@code web.yaml:14: document 2: spec.replicas: ...}. */
  String mistake(String field, String why) {
    String path = item.isEmpty() ? field : field.isEmpty() ? item : item + "." + field;
    String named = path.isEmpty() ? "" : path + ": ";
    return "%s:%d: document %d: %s%s".formatted(file, line(path), document, named, why);
  }

  /** The line of the field, or of what it would stand in. */
  private int line(String path) {
    Map<String, Integer> lines = Yaml.lines(text.getBytes(StandardCharsets.UTF_8));
    String known = path;
    while (!known.isEmpty() && !lines.containsKey(known)) {
      int end = Math.max(known.lastIndexOf('.'), known.lastIndexOf('['));
      known = known.substring(0, Math.max(end, 0));
    }
    return lines.getOrDefault(known, 1);
  }
}
