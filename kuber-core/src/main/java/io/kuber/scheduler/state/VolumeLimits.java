package io.kuber.scheduler.state;

import io.kuber.object.Tree;
import io.kuber.store.Stored;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many volumes of each driver a node attaches, as its CSINode says. Owned by the scheduler's
 * loop.
 */
public final class VolumeLimits {
  private final Map<String, Map<String, Long>> limits = new HashMap<>();

  /** Takes in the CSINode of a node; null when it is gone. */
  public void put(String node, @Nullable Stored csiNode) {
    Map<String, Long> drivers = new HashMap<>();
    if (csiNode != null) {
      for (Tree driver : csiNode.object().spec().items("drivers").trees()) {
        long most = driver.number(-1, "allocatable", "count");
        if (most >= 0) {
          drivers.put(driver.text("name"), most);
        }
      }
    }
    if (drivers.isEmpty()) {
      limits.remove(node);
    } else {
      limits.put(node, Map.copyOf(drivers));
    }
  }

  /** The limits of a node by driver; empty where there are none. */
  public Map<String, Long> of(String node) {
    return limits.getOrDefault(node, Map.of());
  }
}
