package io.kuber.controller.replicaset;

import io.kuber.object.KubeObject;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranks pods by how little is lost with them (upstream: ActivePodsWithRanks in
 * pkg/controller/controller_utils.go).
 */
final class PodRanking {
  private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

  private PodRanking() {}

  /** The {@code count} pods of which least is lost. */
  static List<KubeObject> firstToGo(
      List<KubeObject> pods, List<KubeObject> related, int count, Instant now) {
    if (count >= pods.size()) {
      return pods;
    }
    Map<String, Integer> podsOfNode = new HashMap<>();
    related.forEach(pod -> podsOfNode.merge(Pods.nodeName(pod), 1, Integer::sum));
    return pods.stream().sorted(order(podsOfNode, now)).limit(count).toList();
  }

  private static Comparator<KubeObject> order(Map<String, Integer> podsOfNode, Instant now) {
    return Comparator.comparing((KubeObject pod) -> !Pods.nodeName(pod).isEmpty())
        .thenComparing(PodRanking::phaseRank)
        .thenComparing(Pods::isReady)
        .thenComparing(PodRanking::deletionCost)
        .thenComparing(pod -> -podsOfNode.getOrDefault(Pods.nodeName(pod), 0))
        .thenComparing(pod -> ageRank(Pods.readySince(pod).orElse(now), now))
        .thenComparing(pod -> -Pods.maxRestarts(pod))
        .thenComparing(pod -> ageRank(pod.createdAt(), now))
        .thenComparing(KubeObject::uid);
  }

  private static int phaseRank(KubeObject pod) {
    return switch (Pods.phase(pod)) {
      case "Pending" -> 0;
      case "Unknown" -> 1;
      default -> 2;
    };
  }

  private static int deletionCost(KubeObject pod) {
    String cost = pod.annotations().getOrDefault(DELETION_COST, "0");
    try {
      return Integer.parseInt(cost);
    } catch (NumberFormatException notValid) {
      return 0;
    }
  }

  /**
   * Younger first, but only by orders of magnitude: among pods of about one age the uid decides, so
   * that repeated scaling does not always hit the same zone.
   */
  private static int ageRank(Instant since, Instant now) {
    long age = Math.max(0, Duration.between(since, now).toNanos());
    return Long.SIZE - Long.numberOfLeadingZeros(age);
  }
}
