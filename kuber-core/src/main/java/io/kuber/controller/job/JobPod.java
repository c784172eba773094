package io.kuber.controller.job;

import com.google.common.primitives.Longs;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import io.kuber.view.Timestamps;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pod of a job.
 *
 * @param index its completion index; {@link #NO_INDEX} when it has none
 * @param tracked whether it has not been counted for good: it still has the job's finalizer
 * @param failed whether the job takes it for failed
 */
record JobPod(KubeObject pod, long index, boolean tracked, boolean failed) {
  static final String FINALIZER = "batch.kubernetes.io/job-tracking";
  static final String INDEX = "batch.kubernetes.io/job-completion-index";
  static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
  static final String IGNORED_FAILURES = "batch.kubernetes.io/job-index-ignored-failure-count";
  static final long NO_INDEX = -1;

  static JobPod of(KubeObject pod, JobSpec spec) {
    String phase = Pods.phase(pod);
    boolean lost = !spec.replacesOnlyFailed() && pod.isBeingDeleted() && !phase.equals("Succeeded");
    return new JobPod(
        pod, indexOf(pod), pod.finalizers().contains(FINALIZER), phase.equals("Failed") || lost);
  }

  private static long indexOf(KubeObject pod) {
    Long index = Longs.tryParse(pod.annotations().getOrDefault(INDEX, ""));
    return index == null || index < 0 ? NO_INDEX : index;
  }

  String uid() {
    return pod.uid();
  }

  boolean succeeded() {
    return Pods.phase(pod).equals("Succeeded");
  }

  boolean isActive() {
    return Pods.isActive(pod);
  }

  /** On its way out, but still running. */
  boolean isTerminating() {
    return pod.isBeingDeleted() && !Pods.isFinished(pod);
  }

  /** Whether it may count for the job: a pod of an indexed job needs an index that there is. */
  boolean isValidFor(JobSpec spec) {
    return !spec.indexed() || index != NO_INDEX && index < spec.indexBound();
  }

  /** How often pods of its index failed before it, and it counted. */
  long failuresBefore() {
    return count(FAILURES);
  }

  /** How often pods of its index failed before it, and it did not count. */
  long ignoredFailuresBefore() {
    return count(IGNORED_FAILURES);
  }

  private long count(String annotation) {
    Long count = Longs.tryParse(pod.annotations().getOrDefault(annotation, ""));
    return count == null || count < 0 || count > Integer.MAX_VALUE ? 0 : count;
  }

  /** How often its containers were started again. */
  long restarts() {
    return Stream.of("initContainerStatuses", "containerStatuses")
        .flatMap(list -> pod.status().items(list).trees().stream())
        .mapToLong(container -> container.number(0, "restartCount"))
        .sum();
  }

  /** When it ended: with its last container, or when it was known to have ended. */
  Instant finishedAt() {
    return lastContainerEnd()
        .or(
            () ->
                Condition.find(pod.status(), "Ready")
                    .filter(ready -> ready.status().equals("False"))
                    .map(Condition::transitionedAt)
                    .filter(since -> since.isAfter(Instant.EPOCH)))
        .or(this::deletionAsked)
        .orElseGet(pod::createdAt);
  }

  private Optional<Instant> deletionAsked() {
    long grace = pod.metadata().number(0, "deletionGracePeriodSeconds");
    return pod.isBeingDeleted()
        ? Optional.of(
            Timestamps.parse(pod.metadata().text("deletionTimestamp")).minusSeconds(grace))
        : Optional.empty();
  }

  /** Empty unless all containers have ended; sidecars end last. */
  private Optional<Instant> lastContainerEnd() {
    Set<String> sidecars =
        pod.spec().items("initContainers").trees().stream()
            .filter(init -> init.text("restartPolicy").equals("Always"))
            .map(init -> init.text("name"))
            .collect(Collectors.toSet());
    Map<Boolean, Long> ended =
        containers(sidecars)
            .collect(Collectors.partitioningBy(c -> !end(c).isEmpty(), Collectors.counting()));
    return ended.getOrDefault(false, 0L) > 0
        ? Optional.empty()
        : containers(sidecars).map(c -> Timestamps.parse(end(c))).max(Instant::compareTo);
  }

  private Stream<Tree> containers(Set<String> sidecars) {
    return Stream.concat(
        pod.status().items("containerStatuses").trees().stream(),
        pod.status().items("initContainerStatuses").trees().stream()
            .filter(init -> sidecars.contains(init.text("name"))));
  }

  private static String end(Tree container) {
    return container.text("state", "terminated", "finishedAt");
  }
}
