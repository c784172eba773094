package io.kuber.testkit.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.store.Stored;

/** The objects of a simulation: config maps with one value, whose first part is their colour. */
final class Maps {
  static final String NAMESPACE = "default";
  static final String RESOURCE = Resources.CONFIG_MAPS.qualifiedName();

  private Maps() {}

  static KubeObject of(String name, String value) {
    return Resources.CONFIG_MAPS
        .object(NAMESPACE, name)
        .with(Tree.of("value", value), "data")
        .with(Tree.of("color", color(value)), "metadata", "labels");
  }

  /** The same as bytes of the store. */
  static byte[] bytes(String name, String value) {
    return """
        {"apiVersion":"v1","data":{"value":"%s"},"kind":"ConfigMap",\
        "metadata":{"labels":{"color":"%s"},"name":"%s","namespace":"%s","uid":"%s"}}"""
        .formatted(value, color(value), name, NAMESPACE, value)
        .getBytes(UTF_8);
  }

  static String color(String value) {
    int dash = value.indexOf('-');
    return dash < 0 ? "" : value.substring(0, dash);
  }

  static Key key(String name) {
    return new Key(RESOURCE, NAMESPACE, name);
  }

  static String value(Stored stored) {
    return value(stored.object());
  }

  static String value(KubeObject map) {
    return map.tree().text("data", "value");
  }
}
