package io.kuber.node;

import io.kuber.container.ContainerException;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.util.Set;

/**
 * The one way in which this node runs containers. A pod may ask for another by a runtime class, or
 * for user namespaces where the kernel has none that would do, and is not started then
 * (pkg/kubelet/runtimeclass, pkg/kubelet/userns).
 */
final class RuntimeHandler {
  /** What the field {@code handler} of a runtime class may say. */
  private static final Set<String> KNOWN = Set.of("", "kuber");

  private RuntimeHandler() {}

  /**
   * Makes sure that this node can run a pod in the way that it asks for; reads its runtime class.
   *
   * @param ownUsers whether the machine lets pods have users of their own
   * @throws ContainerException when it cannot
   */
  static void require(KubeObject pod, ClusterObjects objects, boolean ownUsers) {
    String name = pod.spec().text("runtimeClassName");
    String handler = name.isEmpty() ? "" : handler(name, objects);
    if (!KNOWN.contains(handler)) {
      throw new ContainerException("no runtime for \"" + handler + "\" is configured");
    }
    if (!ownUsers && Boolean.FALSE.equals(pod.spec().get("hostUsers"))) {
      throw new ContainerException(
          "RuntimeClass handler \"" + handler + "\" does not support user namespaces");
    }
  }

  private static String handler(String name, ClusterObjects objects) {
    return objects
        .find(Resources.RUNTIME_CLASSES, "", name)
        .map(found -> found.tree().text("handler"))
        .orElseThrow(() -> new ContainerException("RuntimeClass \"" + name + "\" not found"));
  }
}
