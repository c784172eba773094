package io.kuber.testkit.node;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.testkit.node.stage.Stage.Outcome;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** The statuses of pods whose containers do not run although they should. Pure. */
final class TroubledStatuses {
  private TroubledStatuses() {}

  /** What is said of an image that cannot be had. */
  static String pullMessage(String image, Outcome outcome) {
    return outcome.message().isEmpty()
        ? "image \"" + image + "\" is not in this simulation"
        : outcome.message();
  }

  static Tree pullFailed(KubeObject pod, Outcome outcome) {
    return each(
        pod.status(),
        container ->
            waiting(container, "ErrImagePull", pullMessage(container.text("image"), outcome)));
  }

  static Tree pullBackOff(KubeObject pod) {
    return each(
        pod.status(),
        container ->
            waiting(
                container,
                "ImagePullBackOff",
                "Back-off pulling image \"%s\": ErrImagePull: %s"
                    .formatted(
                        container.text("image"), container.text("state", "waiting", "message"))));
  }

  static Tree crashed(KubeObject pod, Outcome outcome, Instant now) {
    Tree status =
        each(
            unready(pod.status(), now),
            container ->
                stopped(container)
                    .with("state", Tree.of("terminated", end(container, outcome, now))));
    return status.with("phase", "Running");
  }

  private static Tree end(Tree container, Outcome outcome, Instant now) {
    String time = Timestamps.seconds(now);
    String since = container.text("state", "running", "startedAt");
    return Tree.of(
        "exitCode",
        (long) outcome.exitCode(),
        "reason",
        outcome.exitCode() == 0 ? "Completed" : "Error",
        "startedAt",
        since.isEmpty() ? time : since,
        "finishedAt",
        time,
        "containerID",
        container.text("containerID"));
  }

  /** {@code wait} is how long the containers will wait. */
  static Tree backOff(KubeObject pod, Duration wait) {
    return each(
        pod.status(),
        container ->
            waiting(
                    container,
                    "CrashLoopBackOff",
                    "back-off %s restarting failed container=%s pod=%s_%s(%s)"
                        .formatted(
                            text(wait),
                            container.text("name"),
                            pod.name(),
                            pod.namespace(),
                            pod.uid()))
                .with("lastState", container.tree("state")));
  }

  private static String text(Duration wait) {
    long seconds = wait.toSeconds();
    return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
  }

  private static Tree waiting(Tree container, String reason, String message) {
    return stopped(container)
        .with("state", Tree.of("waiting", Tree.of("reason", reason, "message", message)));
  }

  private static Tree stopped(Tree container) {
    return container.with("ready", false).with("started", false);
  }

  private static Tree each(Tree status, UnaryOperator<Tree> change) {
    return status.withEach("containerStatuses", change);
  }

  private static Tree unready(Tree status, Instant now) {
    Tree ready = Condition.of("Ready", "False", "ContainersNotReady", "", now).putInto(status);
    return Condition.of("ContainersReady", "False", "ContainersNotReady", "", now).putInto(ready);
  }
}
