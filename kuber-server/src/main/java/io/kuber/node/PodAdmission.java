package io.kuber.node;

import io.kuber.node.ContainerState.Problem;
import io.kuber.node.PodState.Verdict;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.quota.PodAmounts;
import io.kuber.view.HostPort;
import io.kuber.view.NodeRequirements;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether this node takes a pod that somebody bound to it: the scheduler saw to it, but others may
 * bind pods too, and two may at once (pkg/kubelet/lifecycle/predicate.go). Pure.
 */
final class PodAdmission {
  private final Map<String, String> allocatable;

  /**
   * Admission to a node.
   *
   * @param allocatable what its pods share, as quantities
   */
  PodAdmission(Map<String, String> allocatable) {
    this.allocatable = Map.copyOf(allocatable);
  }

  /**
   * Why the pod is refused; empty if it is taken.
   *
   * @param others the pods that are here and have not ended
   * @param node as it was last heard of
   */
  Optional<Verdict> refusal(KubeObject pod, List<KubeObject> others, KubeObject node) {
    String os = pod.spec().text("os", "name");
    if (!os.isEmpty() && !os.equals("linux")) {
      return Optional.of(
          new Verdict(
              "PodOSNotSupported", "Failed to admit pod as the OS field doesn't match node OS"));
    }
    Optional<String> sysctl = SysctlRule.refusal(pod);
    if (sysctl.isPresent()) {
      return Optional.of(new Verdict("SysctlForbidden", sysctl.get()));
    }
    return shortage(pod, others).or(() -> wrongNode(pod, node)).or(() -> takenPorts(pod, others));
  }

  private static Optional<Verdict> wrongNode(KubeObject pod, KubeObject node) {
    return NodeRequirements.allow(pod.spec(), node)
        ? Optional.empty()
        : Optional.of(new Verdict("NodeAffinity", "Predicate NodeAffinity failed"));
  }

  /** Who bound the pod by hand did not ask the scheduler, which gives ports once. */
  private static Optional<Verdict> takenPorts(KubeObject pod, List<KubeObject> others) {
    List<HostPort> wanted = HostPort.of(pod.spec());
    boolean isTaken =
        !wanted.isEmpty()
            && others.stream()
                .flatMap(other -> HostPort.of(other.spec()).stream())
                .anyMatch(port -> wanted.stream().anyMatch(port::collidesWith));
    return isTaken
        ? Optional.of(new Verdict("NodePorts", "Predicate NodePorts failed"))
        : Optional.empty();
  }

  /**
   * Why a running pod cannot have what it wants now: never on this node, or not beside the others.
   *
   * @param pod with the resources that it wants
   * @param others with the resources that they were allocated
   */
  Optional<Problem> noRoom(KubeObject pod, List<KubeObject> others) {
    for (String resource : List.of("memory", "cpu")) {
      Quantity wanted = request(pod, resource);
      Quantity all = Quantity.of(allocatable.get(resource));
      if (allocatable.containsKey(resource) && wanted.compareTo(all) > 0) {
        return Optional.of(
            new Problem(
                "Infeasible",
                "Node didn't have enough capacity: %s, requested: %d, capacity: %d"
                    .formatted(resource, amount(resource, wanted), amount(resource, all))));
      }
    }
    return shortage(pod, others).map(why -> new Problem("Deferred", why.message()));
  }

  /**
   * How much there is too little of for a pod beside others, by resource: thousandths of
   * processors, bytes, and pods.
   */
  Map<String, Long> missing(KubeObject pod, List<KubeObject> others) {
    Map<String, Long> missing = new LinkedHashMap<>();
    for (String resource : List.of("pods", "cpu", "memory", "ephemeral-storage")) {
      long wanted = amount(pod, resource);
      long used = others.stream().mapToLong(other -> amount(other, resource)).sum();
      long all = amount(resource, Quantity.of(allocatable.get(resource)));
      if (allocatable.containsKey(resource) && wanted > 0 && used + wanted > all) {
        missing.put(resource, used + wanted - all);
      }
    }
    return missing;
  }

  /** What a pod reserves, counted as {@link #missing} counts it. */
  static long amount(KubeObject pod, String resource) {
    return resource.equals("pods") ? 1 : amount(resource, request(pod, resource));
  }

  private Optional<Verdict> shortage(KubeObject pod, List<KubeObject> others) {
    long places = Quantity.of(allocatable.get("pods")).value();
    if (places > 0 && others.size() + 1 > places) {
      return Optional.of(outOf("pods", 1, others.size(), places));
    }
    for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
      Quantity wanted = request(pod, resource);
      Quantity all = Quantity.of(allocatable.get(resource));
      Quantity used =
          others.stream()
              .map(other -> request(other, resource))
              .reduce(Quantity.ZERO, Quantity::plus);
      boolean isShort = wanted.signum() > 0 && used.plus(wanted).compareTo(all) > 0;
      if (isShort && allocatable.containsKey(resource)) {
        return Optional.of(
            outOf(
                resource, amount(resource, wanted), amount(resource, used), amount(resource, all)));
      }
    }
    return Optional.empty();
  }

  private static Quantity request(KubeObject pod, String resource) {
    return PodAmounts.requests(pod.spec()).of(resource);
  }

  /** Processors are counted in thousandths, all else in whole numbers. */
  private static long amount(String resource, Quantity quantity) {
    return resource.equals("cpu") ? quantity.milliValue() : quantity.value();
  }

  private static Verdict outOf(String resource, long requested, long used, long capacity) {
    return new Verdict(
        "OutOf" + resource,
        "Node didn't have enough resource: %s, requested: %d, used: %d, capacity: %d"
            .formatted(resource, requested, used, capacity));
  }
}
