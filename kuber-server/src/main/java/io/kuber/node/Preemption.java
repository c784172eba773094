package io.kuber.node;

import io.kuber.object.KubeObject;
import io.kuber.resource.pod.QosClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pods go so that one has room that the node or the cluster cannot do without
 * (pkg/kubelet/preemption/preemption.go). Pure.
 */
final class Preemption {
  /** From the lowest priority class of the system on. */
  private static final long CRITICAL = 2_000_000_000L;

  /** Who goes last comes first. */
  private static final List<String> CLASSES = List.of("Guaranteed", "Burstable", "BestEffort");

  private Preemption() {}

  /** Whether others go for it: a static pod, or one of a priority of the system. */
  static boolean isCritical(KubeObject pod) {
    return StaticPod.is(pod) || pod.spec().number(0, "priority") >= CRITICAL;
  }

  /**
   * The pods that have to go: as few as can be, and of the lower class of service where there is a
   * choice.
   *
   * @param others the pods that are here
   * @param missing how much there is too little, as {@link PodAdmission#missing} says
   * @return empty when there would still be too little without all that may go
   */
  static List<KubeObject> victims(
      KubeObject critical, List<KubeObject> others, Map<String, Long> missing) {
    List<KubeObject> leaving =
        others.stream()
            .filter(other -> mayGo(critical, other))
            .sorted(Comparator.comparing(other -> CLASSES.indexOf(QosClass.of(other.spec()))))
            .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    if (!without(missing, leaving).isEmpty()) {
      return List.of();
    }
    List<KubeObject> victims = new ArrayList<>();
    for (String each : CLASSES) {
      List<KubeObject> ofClass =
          leaving.stream().filter(pod -> QosClass.of(pod.spec()).equals(each)).toList();
      List<KubeObject> rest = new ArrayList<>(leaving);
      rest.removeAll(ofClass);
      List<KubeObject> needed = nearest(ofClass, without(missing, rest));
      leaving = rest;
      leaving.addAll(needed);
      victims.addAll(needed);
    }
    return victims;
  }

  private static boolean mayGo(KubeObject critical, KubeObject other) {
    return !isCritical(other)
        || critical.spec().number(0, "priority") > other.spec().number(0, "priority");
  }

  /** What is still missing once these have gone. */
  private static Map<String, Long> without(Map<String, Long> missing, List<KubeObject> gone) {
    Map<String, Long> left = new LinkedHashMap<>();
    missing.forEach(
        (resource, amount) -> {
          long freed = gone.stream().mapToLong(pod -> PodAdmission.amount(pod, resource)).sum();
          if (amount > freed) {
            left.put(resource, amount - freed);
          }
        });
    return left;
  }

  /** One after the other the pod that comes nearest to what is missing. */
  private static List<KubeObject> nearest(List<KubeObject> pods, Map<String, Long> missing) {
    List<KubeObject> chosen = new ArrayList<>();
    List<KubeObject> rest = new ArrayList<>(pods);
    Map<String, Long> left = missing;
    while (!left.isEmpty()) {
      Map<String, Long> now = left;
      KubeObject best =
          rest.stream()
              .min(
                  Comparator.comparingDouble((KubeObject pod) -> distance(pod, now))
                      .thenComparingLong(pod -> PodAdmission.amount(pod, "memory"))
                      .thenComparingLong(pod -> PodAdmission.amount(pod, "cpu")))
              .orElseThrow();
      rest.remove(best);
      chosen.add(best);
      left = without(left, List.of(best));
    }
    return chosen;
  }

  private static double distance(KubeObject pod, Map<String, Long> missing) {
    return missing.entrySet().stream()
        .mapToDouble(
            each -> {
              double left = each.getValue() - PodAdmission.amount(pod, each.getKey());
              return Math.max(0, left / each.getValue());
            })
        .map(part -> part * part)
        .sum();
  }
}
