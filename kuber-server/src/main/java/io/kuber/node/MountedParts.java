package io.kuber.node;

import io.kuber.container.Container;
import io.kuber.container.PartException;
import io.kuber.object.Tree;
import java.util.function.Supplier;

/** Says in the words of the pod which part of a volume ({@code subPath}) cannot be mounted. */
final class MountedParts {
  private MountedParts() {}

  /**
   * Starts a container.
   *
   * @throws ContainerConfigException when one of its mounts has a part that cannot be had
   */
  static Container starting(Tree container, Supplier<Container> start) {
    try {
      return start.get();
    } catch (PartException e) {
      String mount =
          container.items("volumeMounts").trees().stream()
              .filter(each -> e.target().endsWith(each.text("mountPath")))
              .map(each -> each.text("name"))
              .findFirst()
              .orElse(e.target());
      throw new ContainerConfigException(
          "failed to %s for volumeMount \"%s\" of container \"%s\""
              .formatted(
                  e.missing() ? "create subPath directory" : "prepare subPath",
                  mount,
                  container.text("name")));
    }
  }
}
