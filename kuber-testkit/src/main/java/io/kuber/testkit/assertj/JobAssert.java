package io.kuber.testkit.assertj;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.testkit.history.Phrase;
import java.util.Optional;

/** Assertions on a Job. */
public final class JobAssert extends ResourceAssert<JobAssert> {
  JobAssert(Subject subject) {
    super(subject, JobAssert.class);
  }

  /** All that was wanted is done. */
  public JobAssert isComplete() {
    return hasEnded("to be complete", "Complete");
  }

  /** It has given up. */
  public JobAssert hasFailed() {
    return hasEnded("to have failed", "Failed");
  }

  private JobAssert hasEnded(String expectation, String condition) {
    return expectOf(expectation, job -> unless(isTrue(job, condition), "it has " + counts(job)));
  }

  private static boolean isTrue(KubeObject job, String condition) {
    Optional<Tree> found = Phrase.condition(job, condition);
    return found.isPresent() && found.get().text("status").equals("True");
  }

  /** So many of its pods have come to a good end. */
  public JobAssert hasSucceededPods(int count) {
    return expectOf(
        "to have " + count + " pods that succeeded",
        job -> unless(job.status().number(0, "succeeded") == count, "it has " + counts(job)));
  }

  /** So many of its pods have come to a bad end. */
  public JobAssert hasFailedPods(int count) {
    return expectOf(
        "to have " + count + " pods that failed",
        job -> unless(job.status().number(0, "failed") == count, "it has " + counts(job)));
  }

  private static String counts(KubeObject job) {
    return "%d active pods, %d that succeeded and %d that failed"
        .formatted(
            job.status().number(0, "active"),
            job.status().number(0, "succeeded"),
            job.status().number(0, "failed"));
  }
}
