package io.kuber.testkit.node;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One stage in the life of a simulated pod, as data.
 *
 * @param name for logs
 * @param comesNext whether a pod that is as it is now enters this stage next
 * @param delay how long it stays as it is before that
 * @param status the status it then has; empty when it is gone
 */
record PodStage(
    String name,
    Predicate<KubeObject> comesNext,
    Function<KubeObject, Duration> delay,
    Optional<NextStatus> status) {

  /** A stage in which the pod is still there. */
  static PodStage of(
      String name,
      Predicate<KubeObject> comesNext,
      Function<KubeObject, Duration> delay,
      NextStatus status) {
    return new PodStage(name, comesNext, delay, Optional.of(status));
  }

  /** The last stage. */
  static PodStage gone(Predicate<KubeObject> comesNext, Function<KubeObject, Duration> delay) {
    return new PodStage("gone", comesNext, delay, Optional.empty());
  }

  /** The first of the stages that comes next for the pod; empty when it stays as it is. */
  static Optional<PodStage> next(List<PodStage> stages, KubeObject pod) {
    return stages.stream().filter(stage -> stage.comesNext.test(pod)).findFirst();
  }

  /** Makes the whole status of a pod that enters a stage. Pure. */
  interface NextStatus {
    Tree of(KubeObject pod, Place place, Instant now);
  }

  /** Where a pod is reached: the address of its node and its own. */
  record Place(String hostIp, String podIp) {}
}
