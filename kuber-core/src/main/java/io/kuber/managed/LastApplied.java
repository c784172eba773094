package io.kuber.managed;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The way from kubectl's client-side apply to server-side apply: what its annotation says it
 * applied is no conflict for kubectl, and the annotation follows what kubectl applies
 * (apimachinery, managedfields/internal/lastappliedmanager.go and lastappliedupdater.go).
 */
final class LastApplied {
  private static final String KUBECTL = "kubectl";
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  /** Bytes that all annotations of an object may have. */
  private static final int MAX_ANNOTATIONS = 256 << 10;

  private LastApplied() {}

  /** The conflicts that remain: none, or those about fields that kubectl did not apply itself. */
  static List<Conflict> unresolved(List<Conflict> conflicts, Typed live, String manager) {
    if (conflicts.isEmpty() || !manager.equals(KUBECTL)) {
      return conflicts;
    }
    FieldSet own = own(live).orElse(FieldSet.EMPTY);
    return conflicts.stream()
        .filter(conflict -> !own.has(conflict.path().toArray(PathElement[]::new)))
        .toList();
  }

  /** The fields of the annotation that the object still has as they were applied. */
  private static Optional<FieldSet> own(Typed live) {
    String text = live.tree().text("metadata", "annotations", ANNOTATION);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Typed applied = live.with(Json.parse(text.getBytes(StandardCharsets.UTF_8)));
      if (!applied.tree().text("apiVersion").equals(live.apiVersion())) {
        return Optional.empty();
      }
      Comparison change = applied.compare(live);
      return Optional.of(
          applied.fields().difference(change.modified()).difference(change.removed()));
    } catch (MalformedException | MisfitException e) {
      return Optional.empty();
    }
  }

  /** The object with its annotation, if it has one, set to what kubectl applied. */
  static Tree refreshed(Tree object, Tree config, String manager) {
    Tree annotations = object.tree("metadata", "annotations");
    if (!manager.equals(KUBECTL) || annotations.text(ANNOTATION).isEmpty()) {
      return object;
    }
    Tree plain = config.withoutAt("metadata", "annotations", ANNOTATION);
    String text = new String(Json.print(plain), StandardCharsets.UTF_8) + "\n";
    Tree refreshed = annotations.with(ANNOTATION, text);
    return object.withAt(
        size(refreshed) > MAX_ANNOTATIONS ? annotations.without(ANNOTATION) : refreshed,
        "metadata",
        "annotations");
  }

  private static long size(Tree annotations) {
    return annotations.texts().entrySet().stream()
        .mapToLong(entry -> bytes(entry.getKey()) + bytes(entry.getValue()))
        .sum();
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
