package io.kuber.controller.podautoscaler;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.selector.LabelSelector;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Proposals by what pods use of CPU or memory: all their containers, or one.
 *
 * @param container the name of the one that counts; empty for all
 */
record ResourceProposal(
    Metrics metrics,
    String namespace,
    LabelSelector selector,
    List<KubeObject> pods,
    ReplicaCount count,
    Instant now,
    String resource,
    String container) {

  /** Proposes for a target of utilization or of an average value. */
  Proposal.Count propose(Tree target) {
    if (target.has("averageValue")) {
      return byValue(Quantity.of(target.get("averageValue")).milliValue());
    }
    return byUtilization(target.number(0, "averageUtilization"));
  }

  private PodGroups groups() {
    Map<String, Metrics.PodUsage> usages;
    try {
      usages = metrics.pods(namespace, selector);
    } catch (Metrics.UnavailableException unavailable) {
      throw new Metrics.UnavailableException(
          "unable to get metrics for resource %s: %s"
              .formatted(resource, unavailable.getMessage()));
    }
    if (pods.isEmpty()) {
      throw new Metrics.UnavailableException(
          "no pods returned by selector while calculating replica count");
    }
    Map<String, Long> values = new HashMap<>();
    usages.forEach((pod, usage) -> usedBy(usage, pod, values));
    PodGroups groups =
        PodGroups.of(
            pods,
            values,
            pod -> {
              Metrics.PodUsage usage = usages.get(pod.name());
              return resource.equals("cpu")
                  && usage != null
                  && PodGroups.isWarmingUp(pod, usage, now);
            });
    if (groups.values().isEmpty()) {
      throw new Metrics.UnavailableException(
          "did not receive metrics for targeted pods (pods might be unready)");
    }
    return groups;
  }

  /** A pod of which a container is not measured yet counts as not measured. */
  private void usedBy(Metrics.PodUsage usage, String pod, Map<String, Long> values) {
    long sum = 0;
    boolean found = false;
    for (Map.Entry<String, Map<String, Quantity>> each : usage.containers().entrySet()) {
      if (container.isEmpty() || container.equals(each.getKey())) {
        Quantity used = each.getValue().get(resource);
        if (used == null) {
          return;
        }
        sum += used.milliValue();
        found = true;
      }
    }
    if (found) {
      values.put(pod, sum);
    }
  }

  private Proposal.Count byValue(long target) {
    PodGroups groups = groups();
    long replicas =
        count.ofPods(groups, values -> average(values) / (double) target, pod -> target);
    Tree status = Tree.of("averageValue", Quantity.ofMilli(average(groups.values())).toString());
    return new Proposal.Count(replicas, resource + " resource", status);
  }

  static long average(Map<String, Long> values) {
    return values.values().stream().mapToLong(Long::longValue).sum() / values.size();
  }

  private Proposal.Count byUtilization(long target) {
    PodGroups groups = groups();
    Map<String, Long> requests = requests();
    long replicas =
        count.ofPods(
            groups,
            values -> utilization(values, requests) / (double) target,
            pod -> requests.getOrDefault(pod, 0L) * Math.max(100, target) / 100);
    Tree status =
        Tree.of(
            "averageUtilization", utilization(groups.values(), requests),
            "averageValue", Quantity.ofMilli(average(groups.values())).toString());
    String what = container.isEmpty() ? "resource" : "container resource";
    return new Proposal.Count(
        replicas, "%s %s utilization (percentage of request)".formatted(resource, what), status);
  }

  private static long utilization(Map<String, Long> values, Map<String, Long> requests) {
    long used = 0;
    long requested = 0;
    for (Map.Entry<String, Long> value : values.entrySet()) {
      used += value.getValue();
      requested += requests.getOrDefault(value.getKey(), 0L);
    }
    if (requested == 0) {
      throw new Metrics.UnavailableException("no metrics returned matched known pods");
    }
    return used * 100 / requested;
  }

  private Map<String, Long> requests() {
    Map<String, Long> requests = new HashMap<>();
    for (KubeObject pod : pods) {
      long sum = 0;
      for (Tree each : pod.spec().items("containers").trees()) {
        if (container.isEmpty() || container.equals(each.text("name"))) {
          sum += request(pod, each);
        }
      }
      requests.put(pod.name(), sum);
    }
    return requests;
  }

  private long request(KubeObject pod, Tree each) {
    Object request = each.at("resources", "requests", resource);
    if (request == null) {
      throw new Metrics.UnavailableException(
          "missing request for %s in container %s of Pod %s"
              .formatted(resource, each.text("name"), pod.name()));
    }
    return Quantity.of(request).milliValue();
  }
}
