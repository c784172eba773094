package io.kuber.resource.old;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.KubeObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A field that a version does not have, kept for it as JSON in an annotation.
 *
 * @param annotation its name
 */
record Annotated(String annotation) {
  private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";

  static final Annotated METRICS = new Annotated(PREFIX + "metrics");
  static final Annotated CURRENT_METRICS = new Annotated(PREFIX + "current-metrics");
  static final Annotated CONDITIONS = new Annotated(PREFIX + "conditions");
  static final Annotated BEHAVIOR = new Annotated(PREFIX + "behavior");

  /** What the annotation says, or null; text that is no JSON says nothing, as upstream has it. */
  @Nullable Object value(KubeObject object) {
    String text = object.annotations().getOrDefault(annotation, "");
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Json.parseValue(text.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedException notJson) {
      return null;
    }
  }

  /** The object without the annotation. */
  KubeObject dropped(KubeObject object) {
    if (!object.annotations().containsKey(annotation)) {
      return object;
    }
    return object.annotations().size() == 1
        ? object.without("metadata", "annotations")
        : object.without("metadata", "annotations", annotation);
  }

  /** The object with the annotation. */
  KubeObject put(KubeObject object, Object value) {
    String text = new String(Json.print(value), StandardCharsets.UTF_8);
    return object.with(text, "metadata", "annotations", annotation);
  }

  /** The annotation becomes the field. */
  KubeObject intoField(KubeObject object, String... path) {
    Object value = value(object);
    return value == null ? object : dropped(object).with(value, path);
  }

  /** The field becomes the annotation. */
  KubeObject outOfField(KubeObject object, String... path) {
    Object value = object.tree().at(path);
    return value == null ? object : put(object.without(path), value);
  }
}
