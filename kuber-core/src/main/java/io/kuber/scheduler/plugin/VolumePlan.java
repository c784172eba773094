package io.kuber.scheduler.plugin;

import io.kuber.store.Key;
import java.util.List;
import java.util.Map;

/**
 * What has to become of a pod's claims before it can run on a node.
 *
 * @param volumes which volume each of these claims gets
 * @param provisions claims for which a new volume has to be made that the node can reach
 */
public record VolumePlan(Map<Key, String> volumes, List<Key> provisions) {
  /** Nothing: all claims are bound. */
  public static final VolumePlan NOTHING = new VolumePlan(Map.of(), List.of());

  /** Copies what it is given. */
  public VolumePlan {
    volumes = Map.copyOf(volumes);
    provisions = List.copyOf(provisions);
  }

  /** Whether all claims are bound. */
  public boolean isNothing() {
    return volumes.isEmpty() && provisions.isEmpty();
  }
}
