package io.kuber.controller.job;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Claim;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;

/** Fetches a Job with its pods and lets {@link JobPlanner} decide. */
public final class JobController implements Controller {
  @Override
  public String name() {
    return "job-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.JOBS),
        Trigger.controllerOf(Resources.PODS, Resources.JOBS),
        Trigger.adopters(Resources.PODS, Resources.JOBS, job -> LabelSelector.ofSpec(job.spec())));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .filter(job -> !Ending.isFinal(job) && !JobPlanner.isManagedElsewhere(job))
        .map(job -> plan(view, job, now))
        .orElse(Plan.NOTHING);
  }

  private static Plan plan(View view, KubeObject job, Instant now) {
    Claim claim =
        Claim.of(
            view,
            Resources.PODS,
            Resources.JOBS,
            job,
            LabelSelector.ofSpec(job.spec()),
            pod -> true);
    return claim.changes().isEmpty()
        ? JobPlanner.plan(job, claim.owned(), now)
        : Plan.builder()
            .together(claim.confirmations())
            .together(claim.changes().stream().map(change -> tracked(change, job)).toList())
            .build();
  }

  /** A pod that comes to the job by its labels is counted like any other. */
  private static Action tracked(Action change, KubeObject job) {
    if (!(change instanceof Action.Update update)) {
      return change;
    }
    KubeObject pod = update.object();
    boolean adopted = pod.controller().filter(owner -> owner.uid().equals(job.uid())).isPresent();
    return adopted && !pod.finalizers().contains(JobPod.FINALIZER)
        ? new Action.Update(
            update.type(),
            pod.with(
                pod.metadata().items("finalizers").plus(JobPod.FINALIZER),
                "metadata",
                "finalizers"))
        : change;
  }
}
