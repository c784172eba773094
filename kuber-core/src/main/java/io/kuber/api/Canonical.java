package io.kuber.api;

import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.store.Stored;

/**
 * Objects as the bytes that the store keeps.
 *
 * <p><b>Invariant:</b> {@code kind}, {@code apiVersion} and {@code metadata} come first, in this
 * order, so that whoever splices a resourceVersion into the bytes finds the brace behind {@code
 * "metadata":} at its first occurrence.
 */
public final class Canonical {
  private Canonical() {}

  /** Whether stored bytes are of the version that the type names; looks at their beginning only. */
  static boolean isOf(ResourceType type, Stored stored) {
    String beginning =
        "{\"kind\":\"" + type.kind() + "\",\"apiVersion\":\"" + type.apiVersion() + '"';
    byte[] value = stored.value();
    boolean same = value.length > beginning.length();
    for (int i = 0; same && i < beginning.length(); i++) {
      same = value[i] == beginning.charAt(i);
    }
    return same;
  }

  /** The object as the store keeps it. */
  public static byte[] bytes(KubeObject object) {
    return Json.print(ordered(object.without("metadata", "resourceVersion").tree()));
  }

  /** The tree with the three fields first that every object has. */
  static Tree ordered(Tree tree) {
    if (tree.indexOf("kind") == 0
        && tree.indexOf("apiVersion") == 1
        && tree.indexOf("metadata") == 2) {
      return tree;
    }
    Tree.Builder ordered =
        Tree.builder()
            .put("kind", tree.text("kind"))
            .put("apiVersion", tree.text("apiVersion"))
            .put("metadata", tree.tree("metadata"));
    tree.forEach(
        (name, value) -> {
          if (!ordered.has(name)) {
            ordered.put(name, value);
          }
        });
    return ordered.build();
  }
}
