package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Ages;
import java.time.Instant;
import java.util.List;

/**
 * What a table says about a pod in one word, and how often its containers were restarted
 * (pkg/printers/internalversion, printPod).
 *
 * @param reason such as {@code Running}, {@code Init:0/2} or {@code CrashLoopBackOff}
 * @param restarts of all containers that count
 * @param lastRestart RFC 3339, empty when there was none
 */
record PodState(String reason, long restarts, String lastRestart) {
  static PodState of(KubeObject pod) {
    String reason = pod.status().text("reason");
    reason = reason.isEmpty() ? phase(pod) : reason;
    PodState init = initializing(pod, reason);
    PodState state =
        init.reason.equals(reason) || isInitialized(pod) ? running(pod, reason, init) : init;
    return pod.isBeingDeleted() ? state.ending(pod) : state;
  }

  /** The cell of the restarts, such as {@code 2 (5m ago)}. */
  String restarts(Instant now) {
    return restarts == 0 || lastRestart.isEmpty()
        ? Long.toString(restarts)
        : restarts + " (" + Ages.since(lastRestart, now) + " ago)";
  }

  private static String phase(KubeObject pod) {
    boolean gated =
        conditions(pod).stream()
            .anyMatch(
                c ->
                    c.text("type").equals("PodScheduled")
                        && c.text("reason").equals("SchedulingGated"));
    return gated ? "SchedulingGated" : pod.status().text("phase");
  }

  private static List<Tree> conditions(KubeObject pod) {
    return pod.status().items("conditions").trees();
  }

  private static boolean isInitialized(KubeObject pod) {
    return isTrue(pod, "Initialized");
  }

  private static boolean isTrue(KubeObject pod, String type) {
    return conditions(pod).stream()
        .anyMatch(c -> c.text("type").equals(type) && c.text("status").equals("True"));
  }

  /** The state as the first init container that is not done makes it. */
  private static PodState initializing(KubeObject pod, String otherwise) {
    List<Tree> statuses = pod.status().items("initContainerStatuses").trees();
    int all = pod.spec().items("initContainers").size();
    long restarts = 0;
    String last = "";
    for (int i = 0; i < statuses.size(); i++) {
      Tree status = statuses.get(i);
      boolean sidecar = isSidecar(pod, status.text("name"));
      restarts += status.number(0, "restartCount");
      last = later(last, status.text("lastState", "terminated", "finishedAt"));
      Tree terminated = status.tree("state", "terminated");
      boolean done =
          sidecar
              ? status.isTrue("started")
              : !terminated.isEmpty() && terminated.number(0, "exitCode") == 0;
      if (!done) {
        return new PodState(initReason(status, i, all), restarts, last);
      }
    }
    return new PodState(otherwise, sidecarRestarts(pod, statuses), last);
  }

  private static String initReason(Tree status, int index, int all) {
    Tree terminated = status.tree("state", "terminated");
    if (!terminated.isEmpty()) {
      return "Init:" + terminationReason(terminated);
    }
    String waiting = status.text("state", "waiting", "reason");
    return waiting.isEmpty() || waiting.equals("PodInitializing")
        ? "Init:" + index + "/" + all
        : "Init:" + waiting;
  }

  private static boolean isSidecar(KubeObject pod, String name) {
    return pod.spec().items("initContainers").trees().stream()
        .anyMatch(c -> c.text("name").equals(name) && c.text("restartPolicy").equals("Always"));
  }

  /** Once a pod runs, only the restarts of containers that go on running count. */
  private static long sidecarRestarts(KubeObject pod, List<Tree> statuses) {
    return statuses.stream()
        .filter(status -> isSidecar(pod, status.text("name")))
        .mapToLong(status -> status.number(0, "restartCount"))
        .sum();
  }

  private static PodState running(KubeObject pod, String phase, PodState init) {
    List<Tree> statuses = pod.status().items("containerStatuses").trees();
    String reason = phase;
    long restarts = init.restarts;
    String last = init.lastRestart;
    boolean running = false;
    for (int i = statuses.size() - 1; i >= 0; i--) {
      Tree status = statuses.get(i);
      restarts += status.number(0, "restartCount");
      last = later(last, status.text("lastState", "terminated", "finishedAt"));
      Tree terminated = status.tree("state", "terminated");
      if (!status.text("state", "waiting", "reason").isEmpty()) {
        reason = status.text("state", "waiting", "reason");
      } else if (!terminated.isEmpty()) {
        reason = terminationReason(terminated);
      } else if (status.isTrue("ready") && status.tree("state").has("running")) {
        running = true;
      }
    }
    if (reason.equals("Completed") && running) {
      reason = isTrue(pod, "Ready") ? "Running" : "NotReady";
    }
    return new PodState(reason, restarts, last);
  }

  private static String terminationReason(Tree terminated) {
    if (!terminated.text("reason").isEmpty()) {
      return terminated.text("reason");
    }
    long signal = terminated.number(0, "signal");
    return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.number(0, "exitCode");
  }

  private PodState ending(KubeObject pod) {
    if (pod.status().text("reason").equals("NodeLost")) {
      return new PodState("Unknown", restarts, lastRestart);
    }
    String phase = pod.status().text("phase");
    boolean over = phase.equals("Succeeded") || phase.equals("Failed");
    return over ? this : new PodState("Terminating", restarts, lastRestart);
  }

  private static String later(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one + other;
    }
    return Instant.parse(one).isBefore(Instant.parse(other)) ? other : one;
  }
}
