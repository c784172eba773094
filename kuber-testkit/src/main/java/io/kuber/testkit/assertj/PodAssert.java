package io.kuber.testkit.assertj;

import io.kuber.object.KubeObject;
import io.kuber.testkit.history.Phrase;
import io.kuber.view.Pods;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Assertions on a pod. */
public final class PodAssert extends ResourceAssert<PodAssert> {
  private static final List<String> LISTS = List.of("initContainerStatuses", "containerStatuses");

  PodAssert(Subject subject) {
    super(subject, PodAssert.class);
  }

  private PodAssert expectIt(String expectation, Predicate<KubeObject> isSo) {
    return expectOf(expectation, pod -> unless(isSo.test(pod), "it is " + Phrase.ofPod(pod)));
  }

  /** Its phase is Running: bound to a node, and its containers were started. */
  public PodAssert isRunning() {
    return hasPhase("Running");
  }

  /** Its phase is Pending: no node yet, or its containers were not all started. */
  public PodAssert isPending() {
    return hasPhase("Pending");
  }

  /** It ran to its end, and all went well. */
  public PodAssert hasSucceeded() {
    return hasPhase("Succeeded");
  }

  /** It ran to its end, and something went wrong. */
  public PodAssert hasFailed() {
    return hasPhase("Failed");
  }

  private PodAssert hasPhase(String phase) {
    return expectIt("to be " + phase, pod -> Pods.phase(pod).equals(phase));
  }

  /** It takes requests. */
  public PodAssert isReady() {
    return expectIt("to be ready", Pods::isReady);
  }

  /** It takes no requests. */
  public PodAssert isNotReady() {
    return expectIt("not to be ready", pod -> !Pods.isReady(pod));
  }

  /** It is bound to that node. */
  public PodAssert isOn(String node) {
    return expectIt("to be on " + node, pod -> Pods.nodeName(pod).equals(node));
  }

  /** It found no node yet. */
  public PodAssert isUnscheduled() {
    return expectIt("to have no node", pod -> Pods.nodeName(pod).isEmpty());
  }

  /** The container that was restarted most often was restarted so often. */
  public PodAssert hasRestarted(int times) {
    return expectOf(
        "to have restarted " + (times == 1 ? "once" : times + " times"),
        pod -> unless(Pods.maxRestarts(pod) == times, "it is " + Phrase.ofPod(pod)));
  }

  /** A container waits, for that reason, such as {@code CrashLoopBackOff}. */
  public PodAssert isWaiting(String reason) {
    return expectOf(
        "to have a container that waits with " + reason,
        pod -> {
          List<String> reasons = reasons(pod).toList();
          return unless(reasons.contains(reason), waiting(reasons));
        });
  }

  private static String waiting(List<String> reasons) {
    return reasons.isEmpty() ? "none waits" : "they wait with " + reasons;
  }

  private static Stream<String> reasons(KubeObject pod) {
    return LISTS.stream()
        .flatMap(list -> pod.status().items(list).trees().stream())
        .map(status -> status.tree("state", "waiting").text("reason"))
        .filter(reason -> !reason.isEmpty());
  }

  /** One of its containers has that image. */
  public PodAssert hasImage(String image) {
    return expectOf(
        "to have a container of " + image,
        pod -> {
          List<String> images =
              pod.spec().items("containers").trees().stream()
                  .map(container -> container.text("image"))
                  .toList();
          return images.contains(image) ? Optional.empty() : Optional.of("it has " + images);
        });
  }
}
