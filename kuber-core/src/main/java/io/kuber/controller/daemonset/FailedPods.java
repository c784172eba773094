package io.kuber.controller.daemonset;

import io.kuber.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long failed pods are left lying, so that a DaemonSet and a node that refuses its pods do not
 * keep each other busy: twice as long each time. Owned by the loop of the controller.
 */
final class FailedPods {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MAX = Duration.ofMinutes(15);

  /** Places remembered; the one with the oldest failure is forgotten first. */
  private static final int MAX_REMEMBERED = 10_000;

  private final Map<String, Failure> failures =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failure> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  private record Failure(Instant at, Duration pause) {}

  /** How long a failed pod of the DaemonSet on that node has to lie; empty when it may go now. */
  Optional<Duration> mustWait(KubeObject set, String node, Instant now) {
    Failure last = failures.get(place(set, node));
    if (last == null) {
      return Optional.empty();
    }
    Duration left = Duration.between(now, last.at().plus(last.pause()));
    return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
  }

  /** A failed pod is cleared away. */
  void cleared(KubeObject set, String node, Instant now) {
    Failure last = failures.remove(place(set, node));
    boolean fresh = last == null || last.at().plus(MAX.multipliedBy(2)).isBefore(now);
    Duration wait = last == null || fresh ? FIRST : last.pause().multipliedBy(2);
    failures.put(place(set, node), new Failure(now, wait.compareTo(MAX) > 0 ? MAX : wait));
  }

  private static String place(KubeObject set, String node) {
    return set.uid() + "/" + node;
  }
}
