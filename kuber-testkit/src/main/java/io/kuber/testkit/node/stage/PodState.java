package io.kuber.testkit.node.stage;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Pods;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where a pod of a simulated node is in its life, and where it may go from there: one table. */
public enum PodState {
  /** It is bound to a node that has not looked at it yet. */
  NEW("CREATING", "FAILED"),
  /** Its containers are being made. */
  CREATING("PULL_FAILED", "RUNNING", "READY", "CRASHED", "SUCCEEDED", "FAILED"),
  /** An image could not be had: ErrImagePull. */
  PULL_FAILED("PULL_BACK_OFF", "RUNNING", "READY", "FAILED"),
  /** The image will be tried again: ImagePullBackOff. */
  PULL_BACK_OFF("PULL_FAILED", "RUNNING", "READY", "FAILED"),
  /** Its containers run, but take no traffic. */
  RUNNING("READY", "CRASHED", "SUCCEEDED", "FAILED"),
  /** Its containers run and take traffic. */
  READY("RUNNING", "CRASHED", "SUCCEEDED", "FAILED"),
  /** Its containers have ended; when they must not start again, it fails instead. */
  CRASHED("BACK_OFF", "RUNNING", "READY", "FAILED"),
  /** Its containers will start again: CrashLoopBackOff. */
  BACK_OFF("RUNNING", "READY", "FAILED"),
  /** It came to a good end. */
  SUCCEEDED(),
  /** It came to a bad end. */
  FAILED(),
  /** Somebody wants it to go. */
  STOPPING("GONE"),
  /** Its node has let go of it. */
  GONE();

  private final Set<String> next;

  PodState(String... next) {
    this.next = Set.of(next);
  }

  /** Whether that state may follow this one. Only deletion leads to {@link #STOPPING}. */
  public boolean mayBecome(PodState other) {
    return next.contains(other.name());
  }

  /** The name in files: {@code pull-back-off}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Where a pod that is bound to a node is. */
  public static PodState of(KubeObject pod) {
    if (pod.isBeingDeleted()) {
      // A grace of zero says that the node has let go and that only finalizers keep the pod.
      return pod.metadata().number(1, "deletionGracePeriodSeconds") > 0 ? STOPPING : GONE;
    }
    return switch (Pods.phase(pod)) {
      case "Succeeded" -> SUCCEEDED;
      case "Failed" -> FAILED;
      case "Running" -> running(pod);
      default -> pending(pod);
    };
  }

  private static PodState pending(KubeObject pod) {
    List<Tree> containers = containers(pod);
    if (isAnyWaiting(containers, "ErrImagePull")) {
      return PULL_FAILED;
    }
    if (isAnyWaiting(containers, "ImagePullBackOff")) {
      return PULL_BACK_OFF;
    }
    return containers.isEmpty() ? NEW : CREATING;
  }

  private static PodState running(KubeObject pod) {
    List<Tree> containers = containers(pod);
    if (isAnyWaiting(containers, "CrashLoopBackOff")) {
      return BACK_OFF;
    }
    if (containers.stream().anyMatch(container -> container.tree("state").has("terminated"))) {
      return CRASHED;
    }
    return Pods.isReady(pod) ? READY : RUNNING;
  }

  private static boolean isAnyWaiting(List<Tree> containers, String reason) {
    return containers.stream()
        .anyMatch(container -> container.text("state", "waiting", "reason").equals(reason));
  }

  private static List<Tree> containers(KubeObject pod) {
    return pod.status().items("containerStatuses").trees();
  }
}
