package io.kuber.node.eviction;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Map;

/** What a pod may expect of its node: by requests, limits, and importance. Pure. */
final class Claims {
  /** The priority from which on pods are part of the system (SystemCriticalPriority). */
  private static final long SYSTEM_CRITICAL = 2_000_000_000;

  private Claims() {}

  /** Requests of all containers that run at the same time. */
  static long requested(KubeObject pod, String resource) {
    return sum(pod, "requests", resource);
  }

  /** Limits of all containers that run at the same time; 0 without any. */
  static long limited(KubeObject pod, String resource) {
    return sum(pod, "limits", resource);
  }

  private static long sum(KubeObject pod, String kind, String resource) {
    long containers = sum(pod.spec().items("containers").trees(), kind, resource);
    long sidecars =
        sum(
            pod.spec().items("initContainers").trees().stream()
                .filter(init -> init.text("restartPolicy").equals("Always"))
                .toList(),
            kind,
            resource);
    return containers + sidecars;
  }

  private static long sum(List<Tree> containers, String kind, String resource) {
    return containers.stream().mapToLong(container -> of(container, kind, resource).value()).sum();
  }

  /** What one container says of a resource; zero where it says nothing. */
  static Quantity of(Tree container, String kind, String resource) {
    return Quantity.of(container.tree("resources", kind).get(resource));
  }

  /** Pods without a priority have none in particular. */
  static long priority(KubeObject pod) {
    return pod.spec().number(0, "priority");
  }

  /** Whether the node cannot do without it (pkg/kubelet/types, IsCriticalPod). */
  static boolean isCritical(KubeObject pod) {
    Map<String, String> annotations = pod.annotations();
    boolean isStatic =
        annotations.containsKey("kubernetes.io/config.mirror")
            || !annotations.getOrDefault("kubernetes.io/config.source", "api").equals("api");
    return isStatic || priority(pod) >= SYSTEM_CRITICAL;
  }

  /** Bytes as Go prints them with binary suffixes. */
  static String bytes(long amount) {
    return amount % 1024 == 0 && amount > 0
        ? Quantity.parse(amount / 1024 + "Ki").toString()
        : Long.toString(amount);
  }
}
