package io.kuber.controller.simulation;

import io.kuber.loop.Entropy;
import io.kuber.object.KubeObject;
import java.time.Duration;

/** Draws the lot of each pod. */
@FunctionalInterface
public interface Lots {
  /** All pods become ready within a second and stay so. */
  Lots CALM = (pod, entropy) -> steady(entropy);

  /** Most pods are as {@link #CALM}; some fail, some never become ready. */
  Lots TROUBLED =
      (pod, entropy) ->
          switch (entropy.below(8)) {
            case 0 -> steady(entropy).ending(millis(entropy, 3000), 1);
            case 1 -> steady(entropy).neverReady();
            default -> steady(entropy);
          };

  /** All pods end well soon. */
  Lots ENDING = (pod, entropy) -> steady(entropy).ending(millis(entropy, 2000), 0);

  /** The lot of a pod that was just bound. */
  Lot of(KubeObject pod, Entropy entropy);

  private static Lot steady(Entropy entropy) {
    return Lot.steady(millis(entropy, 300), millis(entropy, 500), millis(entropy, 300));
  }

  private static Duration millis(Entropy entropy, int below) {
    return Duration.ofMillis(entropy.below(below));
  }
}
