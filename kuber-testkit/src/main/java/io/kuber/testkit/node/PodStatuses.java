package io.kuber.testkit.node;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Longs;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.testkit.node.stage.PodState;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** The statuses that a simulated node reports. Pure. */
final class PodStatuses {
  /**
   * A pod with this annotation, whose restart policy is Never, ends with this code: {@code 1} makes
   * it fail. What cannot be read counts as absent.
   */
  private static final String EXIT_CODE = "kuber.io/exit-code";

  private PodStatuses() {}

  /**
   * The whole status of a pod that made a move.
   *
   * @param wait for the next attempt, of pods that will try something again
   */
  static Tree of(Move move, KubeObject pod, Place place, Duration wait, Instant now) {
    return switch (move.to()) {
      case NEW, STOPPING, GONE -> pod.status();
      case CREATING -> creating(pod, place, now);
      case PULL_FAILED -> TroubledStatuses.pullFailed(pod, move.outcome());
      case PULL_BACK_OFF -> TroubledStatuses.pullBackOff(pod);
      case RUNNING, READY -> running(pod, place, move.to() == PodState.READY, now);
      case CRASHED ->
          pod.spec().text("restartPolicy").equals("Never")
              ? completed(pod, move.outcome().exitCode(), now)
              : TroubledStatuses.crashed(pod, move.outcome(), now);
      case BACK_OFF -> TroubledStatuses.backOff(pod, wait);
      case SUCCEEDED -> completed(pod, annotatedCode(pod), now);
      case FAILED -> completed(pod, Math.max(1, move.outcome().exitCode()), now);
    };
  }

  /** With which code the containers of the pod end; zero where it does not say. */
  private static long annotatedCode(KubeObject pod) {
    Long code = Longs.tryParse(pod.annotations().getOrDefault(EXIT_CODE, ""));
    return code != null && pod.spec().text("restartPolicy").equals("Never") ? code : 0;
  }

  private static Tree creating(KubeObject pod, Place place, Instant now) {
    boolean initialized = pod.spec().items("initContainers").isEmpty();
    Tree waiting = waiting(initialized ? "ContainerCreating" : "PodInitializing");
    Tree status =
        pod.status()
            .with("observedGeneration", pod.generation())
            .with("phase", "Pending")
            .with("hostIP", place.hostIp())
            .with("hostIPs", ips(place.hostIp()))
            .with("startTime", Timestamps.seconds(now));
    status = condition(status, "PodReadyToStartContainers", false, "", now);
    status = condition(status, "Initialized", initialized, "ContainersNotInitialized", now);
    status = ready(status, false, "ContainersNotReady", now);
    status = condition(status, "PodScheduled", true, "", now);
    Tree first = waiting("PodInitializing");
    return statuses(pod, status, init -> idle(init, first), container -> idle(container, waiting));
  }

  private static Tree running(KubeObject pod, Place place, boolean ready, Instant now) {
    String time = Timestamps.seconds(now);
    Tree running = Tree.of("running", Tree.of("startedAt", time));
    Tree status =
        pod.status()
            .with("observedGeneration", pod.generation())
            .with("phase", "Running")
            .with("podIP", place.podIp())
            .with("podIPs", ips(place.podIp()));
    status = condition(status, "PodReadyToStartContainers", true, "", now);
    status = condition(status, "Initialized", true, "", now);
    status = ready(status, ready, "ContainersNotReady", now);
    return statuses(
        pod,
        status,
        init -> isSidecar(init) ? begun(pod, init, running, true) : ended(pod, init, time, time),
        container ->
            ContainerRun.before(pod, container)
                .next(begun(pod, container, running, true))
                .with("ready", ready));
  }

  private static Tree completed(KubeObject pod, long code, Instant now) {
    String time = Timestamps.seconds(now);
    String since = pod.status().text("startTime");
    Tree status = pod.status().with("phase", code == 0 ? "Succeeded" : "Failed");
    status = condition(status, "PodReadyToStartContainers", false, "", now);
    status = condition(status, "Initialized", true, "PodCompleted", now);
    status = ready(status, false, "PodCompleted", now);
    return statuses(
        pod,
        status,
        init -> ended(pod, init, since, time),
        container ->
            exited(ended(pod, container, since, time), code)
                .with("ready", false)
                .with("restartCount", ContainerRun.before(pod, container).restarts()));
  }

  private static Tree ready(Tree status, boolean value, String reason, Instant now) {
    Tree ready = condition(status, "Ready", value, reason, now);
    return condition(ready, "ContainersReady", value, reason, now);
  }

  private static Tree condition(
      Tree status, String type, boolean value, String reason, Instant now) {
    Tree condition =
        Tree.of(
            "type",
            type,
            "status",
            value ? "True" : "False",
            "lastTransitionTime",
            Timestamps.seconds(now));
    boolean saysWhy = !reason.isEmpty() && (!value || reason.equals("PodCompleted"));
    return new Condition(saysWhy ? condition.with("reason", reason) : condition).putInto(status);
  }

  private static Tree statuses(
      KubeObject pod, Tree status, UnaryOperator<Tree> init, UnaryOperator<Tree> container) {
    List<Tree> first = pod.spec().items("initContainers").trees();
    List<Tree> main = pod.spec().items("containers").trees();
    Tree some =
        first.isEmpty()
            ? status
            : status.with("initContainerStatuses", Items.copyOf(first.stream().map(init).toList()));
    return some.with("containerStatuses", Items.copyOf(main.stream().map(container).toList()));
  }

  private static boolean isSidecar(Tree init) {
    return init.text("restartPolicy").equals("Always");
  }

  private static Tree waiting(String reason) {
    return Tree.of("waiting", Tree.of("reason", reason));
  }

  /** A container that has not been made. */
  private static Tree idle(Tree container, Tree state) {
    return container(container, state, false, false).with("imageID", "");
  }

  private static Tree begun(KubeObject pod, Tree container, Tree state, boolean started) {
    return container(container, state, true, started).with("containerID", id(pod, container));
  }

  private static Tree ended(KubeObject pod, Tree container, String since, String time) {
    Tree terminated =
        Tree.of(
            "exitCode",
            0L,
            "reason",
            "Completed",
            "startedAt",
            since,
            "finishedAt",
            time,
            "containerID",
            id(pod, container));
    return begun(pod, container, Tree.of("terminated", terminated), false);
  }

  private static Tree exited(Tree status, long code) {
    return code == 0
        ? status
        : status
            .withAt(code, "state", "terminated", "exitCode")
            .withAt("Error", "state", "terminated", "reason");
  }

  private static Tree container(Tree container, Tree state, boolean ready, boolean started) {
    return Tree.of(
        "name",
        container.text("name"),
        "state",
        state,
        "lastState",
        Tree.EMPTY,
        "ready",
        ready,
        "restartCount",
        0L,
        "image",
        container.text("image"),
        "imageID",
        container.text("image"),
        "started",
        started);
  }

  /** Made up, but always the same for the same container of the same pod. */
  private static String id(KubeObject pod, Tree container) {
    String seed = pod.uid() + "/" + container.text("name");
    return "kuber://" + Hashing.sha256().hashString(seed, StandardCharsets.UTF_8);
  }

  private static Items ips(String ip) {
    return Items.of(Tree.of("ip", ip));
  }
}
