package io.kuber.controller.deployment;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import org.jspecify.annotations.Nullable;

/**
 * How a Deployment replaces pods.
 *
 * @param rolling false when old pods must all be gone before new ones come
 * @param maxSurge pods above {@code replicas} during an update
 * @param maxUnavailable pods below {@code replicas} during an update
 */
record Strategy(boolean rolling, long replicas, long maxSurge, long maxUnavailable) {
  private static final String DEFAULT_SHARE = "25%";

  static Strategy of(KubeObject deployment) {
    Tree spec = deployment.spec();
    long replicas = spec.number(1, "replicas");
    if (spec.text("strategy", "type").equals("Recreate")) {
      return new Strategy(false, replicas, 0, 0);
    }
    Tree update = spec.tree("strategy", "rollingUpdate");
    long surge = share(update.get("maxSurge"), replicas, true);
    long unavailable = share(update.get("maxUnavailable"), replicas, false);
    // Both may round to zero, and then nothing could ever move.
    if (surge == 0 && unavailable == 0) {
      unavailable = 1;
    }
    return new Strategy(true, replicas, surge, Math.min(unavailable, replicas));
  }

  private static long share(@Nullable Object value, long of, boolean roundUp) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    String text = value instanceof String percent ? percent : DEFAULT_SHARE;
    if (!text.endsWith("%")) {
      return 0;
    }
    long hundredths = Long.parseLong(text.substring(0, text.length() - 1)) * of;
    return roundUp ? (hundredths + 99) / 100 : hundredths / 100;
  }

  long minAvailable() {
    return replicas - maxUnavailable;
  }

  long maxPods() {
    return replicas + maxSurge;
  }
}
