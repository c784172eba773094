package io.kuber.controller.deployment;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Share;

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
    long surge = Share.roundedUp(update, "maxSurge", DEFAULT_SHARE, replicas);
    long unavailable = Share.roundedDown(update, "maxUnavailable", DEFAULT_SHARE, replicas);
    // Both may round to zero, and then nothing could ever move.
    if (surge == 0 && unavailable == 0) {
      unavailable = 1;
    }
    return new Strategy(true, replicas, surge, Math.min(unavailable, replicas));
  }

  long minAvailable() {
    return replicas - maxUnavailable;
  }

  long maxPods() {
    return replicas + maxSurge;
  }
}
