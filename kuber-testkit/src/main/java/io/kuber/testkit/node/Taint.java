package io.kuber.testkit.node;

import io.kuber.object.Tree;
import java.util.Set;

/**
 * A taint as {@code kubectl taint} writes it: {@code key=value:Effect} or {@code key:Effect}.
 *
 * @param value empty for none
 */
record Taint(String key, String value, String effect) {
  private static final Set<String> EFFECTS = Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  /** Reads one; throws {@link IllegalArgumentException} when it is none. */
  static Taint parse(String text) {
    int colon = text.lastIndexOf(':');
    int equals = text.indexOf('=');
    int end = equals >= 0 && equals < colon ? equals : colon;
    if (end <= 0 || !EFFECTS.contains(text.substring(colon + 1))) {
      throw new IllegalArgumentException(
          "\"%s\" is no taint; write key=value:NoSchedule, PreferNoSchedule or NoExecute"
              .formatted(text));
    }
    String value = end == colon ? "" : text.substring(end + 1, colon);
    return new Taint(text.substring(0, end), value, text.substring(colon + 1));
  }

  Tree tree() {
    Tree tree = Tree.of("key", key, "effect", effect);
    return value.isEmpty() ? tree : tree.with("value", value);
  }
}
