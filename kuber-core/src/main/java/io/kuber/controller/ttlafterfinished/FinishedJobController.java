package io.kuber.controller.ttlafterfinished;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.Condition;
import io.kuber.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Deletes a Job {@code ttlSecondsAfterFinished} after it was Complete or Failed. */
public final class FinishedJobController implements Controller {
  @Override
  public String name() {
    return "ttl-after-finished-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.itself(Resources.JOBS));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .filter(job -> !job.isBeingDeleted())
        .flatMap(job -> expiry(job).map(end -> plan(job, end, now)))
        .orElse(Plan.NOTHING);
  }

  /** When the job is to go; empty while it runs, and when it is to stay. */
  private static Optional<Instant> expiry(KubeObject job) {
    if (!(job.spec().get("ttlSecondsAfterFinished") instanceof Number seconds)) {
      return Optional.empty();
    }
    return Stream.of("Complete", "Failed")
        .flatMap(type -> Condition.find(job.status(), type).stream())
        .filter(Condition::isTrue)
        .findFirst()
        .map(end -> end.transitionedAt().plusSeconds(seconds.longValue()));
  }

  private static Plan plan(KubeObject job, Instant expiry, Instant now) {
    if (expiry.isAfter(now)) {
      return Plan.builder().againAfter(Duration.between(now, expiry)).build();
    }
    DeleteOptions options = new DeleteOptions(-1, "Foreground", job.uid(), job.resourceVersion());
    return Plan.of(new Action.Delete(Resources.JOBS, job.namespace(), job.name(), options));
  }
}
