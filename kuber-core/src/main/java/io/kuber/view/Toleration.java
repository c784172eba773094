package io.kuber.view;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a pod puts up with (core/v1 Toleration).
 *
 * @param key empty, with operator Exists, for all taints
 * @param effect empty for all effects
 * @param seconds for how long; empty for ever
 */
public record Toleration(
    String key, String operator, String value, String effect, OptionalLong seconds) {

  /** All that a pod puts up with. */
  public static List<Toleration> of(KubeObject pod) {
    return of(pod.spec().items("tolerations"));
  }

  /** Each of a list such as {@code spec.tolerations}. */
  public static List<Toleration> of(Items tolerations) {
    return tolerations.trees().stream().map(Toleration::of).toList();
  }

  private static Toleration of(Tree tree) {
    Object seconds = tree.get("tolerationSeconds");
    return new Toleration(
        tree.text("key"),
        tree.text("operator"),
        tree.text("value"),
        tree.text("effect"),
        seconds instanceof Number number
            ? OptionalLong.of(number.longValue())
            : OptionalLong.empty());
  }

  /** Whether it covers the taint. */
  public boolean covers(Tree taint) {
    if (!effect.isEmpty() && !effect.equals(taint.text("effect"))) {
      return false;
    }
    if (!key.isEmpty() && !key.equals(taint.text("key"))) {
      return false;
    }
    return operator.equals("Exists") || value.equals(taint.text("value"));
  }
}
