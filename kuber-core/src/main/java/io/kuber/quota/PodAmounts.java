package io.kuber.quota;

import io.kuber.object.Tree;

/**
 * What a whole pod asks for: its containers and sidecars together, or the largest moment of its
 * initialization if that is more (upstream: pkg/api/v1/resource, PodRequests and PodLimits).
 */
public final class PodAmounts {
  private PodAmounts() {}

  /** What the pod of that spec reserves, its overhead included. */
  public static ResourceAmounts requests(Tree spec) {
    return total(spec, "requests").plus(ResourceAmounts.of(spec.tree("overhead")));
  }

  /** What the pod of that spec may use; its overhead comes on top where there is a limit. */
  public static ResourceAmounts limits(Tree spec) {
    ResourceAmounts limits = total(spec, "limits");
    return limits.plus(ResourceAmounts.of(spec.tree("overhead")).only(limits::has));
  }

  /** {@code requests} or {@code limits} of one container. */
  public static ResourceAmounts of(Tree container, String kind) {
    return ResourceAmounts.of(container.tree("resources", kind));
  }

  private static ResourceAmounts total(Tree spec, String kind) {
    ResourceAmounts running = ResourceAmounts.NONE;
    for (Tree container : spec.items("containers").trees()) {
      running = running.plus(of(container, kind));
    }
    ResourceAmounts sidecars = ResourceAmounts.NONE;
    ResourceAmounts starting = ResourceAmounts.NONE;
    for (Tree container : spec.items("initContainers").trees()) {
      ResourceAmounts own = of(container, kind);
      if (container.text("restartPolicy").equals("Always")) {
        sidecars = sidecars.plus(own);
        starting = starting.max(sidecars);
      } else {
        starting = starting.max(sidecars.plus(own));
      }
    }
    return running.plus(sidecars).max(starting);
  }
}
