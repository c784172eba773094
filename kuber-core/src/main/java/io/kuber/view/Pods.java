package io.kuber.view;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Readings of pods. */
public final class Pods {
  private Pods() {}

  /** The node the pod is bound to; empty before it is. */
  public static String nodeName(KubeObject pod) {
    return pod.spec().text("nodeName");
  }

  /** {@code status.phase}; Pending where it does not say. */
  public static String phase(KubeObject pod) {
    String phase = pod.status().text("phase");
    return phase.isEmpty() ? "Pending" : phase;
  }

  /** Whether the pod has come to its end, well or badly. */
  public static boolean isFinished(KubeObject pod) {
    String phase = phase(pod);
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** Whether the pod counts for its controller: neither finished nor on its way out. */
  public static boolean isActive(KubeObject pod) {
    return !isFinished(pod) && !pod.isBeingDeleted();
  }

  /** Whether the pod takes traffic. */
  public static boolean isReady(KubeObject pod) {
    return ready(pod).map(Condition::isTrue).orElse(false);
  }

  /** When the pod became ready; empty while it is not. */
  public static Optional<Instant> readySince(KubeObject pod) {
    return ready(pod).filter(Condition::isTrue).map(Condition::transitionedAt);
  }

  /**
   * When a ready pod becomes available: at once without {@code minReadySeconds}. Empty while the
   * pod is not ready.
   */
  public static Optional<Instant> availableFrom(KubeObject pod, long minReadySeconds) {
    return readySince(pod).map(since -> since.plus(Duration.ofSeconds(minReadySeconds)));
  }

  /** Whether the pod has been ready for {@code minReadySeconds}. */
  public static boolean isAvailable(KubeObject pod, long minReadySeconds, Instant now) {
    return availableFrom(pod, minReadySeconds)
        .filter(from -> minReadySeconds == 0 || from.isBefore(now) || from.equals(now))
        .isPresent();
  }

  /** How often the container that restarted most often did so. */
  public static long maxRestarts(KubeObject pod) {
    return pod.status().items("containerStatuses").trees().stream()
        .mapToLong((Tree status) -> status.number(0, "restartCount"))
        .max()
        .orElse(0);
  }

  private static Optional<Condition> ready(KubeObject pod) {
    return Condition.find(pod.status(), "Ready");
  }
}
