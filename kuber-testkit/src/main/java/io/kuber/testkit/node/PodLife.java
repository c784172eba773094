package io.kuber.testkit.node;

import com.google.common.primitives.Longs;
import io.kuber.object.KubeObject;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** The stages that pods of simulated nodes live through: one list. */
public final class PodLife {
  /**
   * A pod with this annotation, whose restart policy is not Always, ends well so long after it
   * began to run: {@code 30}, {@code 30s} or {@code 1m30s}. What cannot be read counts as absent.
   */
  public static final String COMPLETE_AFTER = "kuber.io/complete-after";

  /**
   * A pod with this annotation, whose restart policy is Never, ends with this code: {@code 1} makes
   * it fail. What cannot be read counts as absent.
   */
  public static final String EXIT_CODE = "kuber.io/exit-code";

  /** Pods of a Job that do not say otherwise. */
  private static final Duration JOB_TIME = Duration.ofSeconds(2);

  private PodLife() {}

  static List<PodStage> stages(NodeSettings settings) {
    return List.of(
        PodStage.gone(PodLife::isToBeStopped, pod -> settings.stopTime()),
        PodStage.of("creating", PodLife::isUnseen, pod -> Duration.ZERO, PodStatuses::creating),
        PodStage.of(
            "running", PodLife::isCreating, pod -> settings.startTime(), PodStatuses::running),
        PodStage.of(
            "completed",
            pod -> timeToRun(pod).isPresent(),
            pod -> timeToRun(pod).orElseThrow(),
            PodStatuses::completed));
  }

  /** A grace of zero says that the node has let go and that only finalizers keep the pod. */
  private static boolean isToBeStopped(KubeObject pod) {
    return pod.isBeingDeleted() && pod.metadata().number(1, "deletionGracePeriodSeconds") > 0;
  }

  private static boolean isUnseen(KubeObject pod) {
    return isPending(pod) && pod.status().items("containerStatuses").isEmpty();
  }

  private static boolean isCreating(KubeObject pod) {
    return isPending(pod) && !isUnseen(pod);
  }

  private static boolean isPending(KubeObject pod) {
    return !pod.isBeingDeleted() && Pods.phase(pod).equals("Pending");
  }

  /** How long the pod runs before it ends well; empty when it goes on for ever. */
  private static Optional<Duration> timeToRun(KubeObject pod) {
    boolean mayEnd =
        !pod.isBeingDeleted()
            && Pods.phase(pod).equals("Running")
            && !pod.spec().text("restartPolicy").equals("Always");
    return mayEnd ? annotated(pod).or(() -> jobTime(pod)) : Optional.empty();
  }

  /** With which code the containers of the pod end; zero where it does not say. */
  static long exitCode(KubeObject pod) {
    Long code = Longs.tryParse(pod.annotations().getOrDefault(EXIT_CODE, ""));
    return code != null && pod.spec().text("restartPolicy").equals("Never") ? code : 0;
  }

  private static Optional<Duration> jobTime(KubeObject pod) {
    return pod.controller().filter(owner -> owner.kind().equals("Job")).map(owner -> JOB_TIME);
  }

  private static Optional<Duration> annotated(KubeObject pod) {
    String text = pod.annotations().getOrDefault(COMPLETE_AFTER, "");
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(duration(text));
    } catch (DateTimeParseException notDuration) {
      return Optional.empty();
    }
  }

  private static Duration duration(String text) {
    return Duration.parse(
        "PT" + text + (Character.isDigit(text.charAt(text.length() - 1)) ? "S" : ""));
  }
}
