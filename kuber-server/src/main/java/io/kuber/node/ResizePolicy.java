package io.kuber.node;

import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which changes of its resources a container wants to be restarted for (core/v1
 * ContainerResizePolicy). Pure.
 *
 * @param restarting the resources, {@code cpu} or {@code memory}
 */
record ResizePolicy(Set<String> restarting) {
  ResizePolicy {
    restarting = Set.copyOf(restarting);
  }

  static ResizePolicy of(Tree container) {
    return new ResizePolicy(
        container.items("resizePolicy").trees().stream()
            .filter(policy -> policy.text("restartPolicy").equals("RestartContainer"))
            .map(policy -> policy.text("resourceName"))
            .collect(Collectors.toSet()));
  }

  /** Whether the container is restarted for this change. */
  boolean restarts(Tree before, Tree after) {
    return restarting.stream().anyMatch(resource -> differs(resource, before, after));
  }

  private static boolean differs(String resource, Tree before, Tree after) {
    return Stream.of("requests", "limits")
        .anyMatch(
            part ->
                Quantity.of(before.at(part, resource))
                        .compareTo(Quantity.of(after.at(part, resource)))
                    != 0);
  }
}
