package io.kuber.testkit.node.stage;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What pods do of which nobody says anything else: one list. */
public final class DefaultStages {
  /**
   * A pod with this annotation, whose restart policy is not Always, ends well so long after it
   * began to run: {@code 30}, {@code 30s} or {@code 1m30s}. What cannot be read counts as absent.
   */
  public static final String COMPLETE_AFTER = "kuber.io/complete-after";

  /** Pods of a Job that do not say otherwise. */
  private static final Duration JOB_TIME = Duration.ofSeconds(2);

  /** How long ErrImagePull and the end of a container are shown before the back-off is. */
  private static final Duration SHOWN = Duration.ofSeconds(1);

  /** As kubelets wait for images and containers: 10 s, then longer, 5 minutes at most. */
  public static final Wait.BackOff BACK_OFF =
      new Wait.BackOff(Duration.ofSeconds(10), Duration.ofMinutes(5));

  private static final Match FINITE = Match.ALL.restarting(Set.of("Never", "OnFailure"));

  private DefaultStages() {}

  /**
   * The list, of which the first that is for a pod counts.
   *
   * @param start from the making of containers until they run
   * @param stop from the wish to delete a pod until it is gone
   */
  public static List<Stage> of(Duration start, Duration stop) {
    return List.of(
        Stage.of("gone", PodState.STOPPING, PodState.GONE).after(stop),
        Stage.of("creating", PodState.NEW, PodState.CREATING),
        Stage.of("started", PodState.CREATING, PodState.READY).after(start),
        Stage.of("waiting for its image", PodState.PULL_FAILED, PodState.PULL_BACK_OFF)
            .after(SHOWN),
        Stage.of("pulled after all", PodState.PULL_BACK_OFF, PodState.READY).after(BACK_OFF),
        Stage.of("ready", PodState.RUNNING, PodState.READY),
        Stage.of("restarted at once", PodState.CRASHED, PodState.READY)
            .matching(Match.ALL.beforeRestart())
            .after(SHOWN),
        Stage.of("waiting for its restart", PodState.CRASHED, PodState.BACK_OFF).after(SHOWN),
        Stage.of("restarted", PodState.BACK_OFF, PodState.READY).after(BACK_OFF),
        Stage.of("completed", PodState.READY, PodState.SUCCEEDED)
            .matching(FINITE)
            .after(new Wait.Annotated(COMPLETE_AFTER)),
        Stage.of("done", PodState.READY, PodState.SUCCEEDED)
            .matching(FINITE.ownedBy("Job"))
            .after(JOB_TIME));
  }
}
