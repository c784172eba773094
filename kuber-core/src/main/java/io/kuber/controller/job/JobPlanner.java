package io.kuber.controller.job;

import io.kuber.client.Client.PatchType;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one plan for one job. Lives as long as the making. */
final class JobPlanner {
  private static final String OWN_NAME = "kubernetes.io/job-controller";

  private final KubeObject job;
  private final Instant now;
  private final Census census;
  private final Plan.Builder plan = Plan.builder();
  private final List<Note> notes = new ArrayList<>();
  private Optional<Ending> ending;
  private Tree status;
  private long active;
  private long ready;
  private long terminating;

  private JobPlanner(KubeObject job, List<KubeObject> pods, Instant now) {
    this.now = now;
    this.status = started(job, now);
    this.job = job;
    this.census = Census.of(job, pods);
    this.ending = Ending.of(job.with(status, "status"), census, now);
    this.active = census.active().size();
    this.ready = census.ready();
    this.terminating = census.terminating();
  }

  /** What to do about a job with these pods. */
  static Plan plan(KubeObject job, List<KubeObject> pods, Instant now) {
    return Ending.isFinal(job) || isManagedElsewhere(job)
        ? Plan.NOTHING
        : new JobPlanner(job, pods, now).plan();
  }

  /** Whether somebody else looks after the job. */
  static boolean isManagedElsewhere(KubeObject job) {
    String manager = job.spec().text("managedBy");
    return !manager.isEmpty() && !manager.equals(OWN_NAME);
  }

  private static Tree started(KubeObject job, Instant now) {
    boolean waits = job.status().has("startTime") || job.spec().isTrue("suspend");
    return waits ? job.status() : job.status().with("startTime", Timestamps.seconds(now));
  }

  private Plan plan() {
    if (ending.isPresent()) {
      stop(census.active(), false);
    } else {
      goOn();
    }
    Tally tally = Tally.of(job, status, census, ending);
    status = JobStatus.staffed(tally.status(), active, ready, terminating);
    ending.ifPresent(how -> end(how, tally));
    if (!status.equals(job.status())) {
      plan.then(Action.updateStatus(Resources.JOBS, job.with(status, "status")));
    }
    notes.forEach(note -> plan.then(new Action.Emit(note)));
    plan.together(tally.released().stream().map(JobPlanner::release).toList());
    return plan.onFailure(failure -> report()).build();
  }

  private void goOn() {
    if (!job.isBeingDeleted()) {
      Workforce workforce = Workforce.of(census, now);
      stop(workforce.dismissed(), true);
      create(workforce.indexes());
      lookAgainAfter(workforce.pause());
    }
    long wanted = census.spec().completions().orElse(1);
    if (census.succeeded() >= wanted && active == 0) {
      ending = Optional.of(Ending.completions());
    } else if (!job.isBeingDeleted()) {
      noteSuspension();
      Ending.untilDeadline(job.with(status, "status"), census.spec(), now)
          .ifPresent(this::lookAgainAfter);
    }
  }

  private void lookAgainAfter(Duration time) {
    if (!time.isZero()) {
      plan.againAfter(time);
    }
  }

  private void noteSuspension() {
    boolean suspended = census.spec().suspended();
    Tree noted = JobStatus.suspension(status, suspended, now);
    if (!Condition.find(noted, JobStatus.SUSPENDED)
        .equals(Condition.find(status, JobStatus.SUSPENDED))) {
      notes.add(
          suspended
              ? Note.normal(job, "Suspended", "Job suspended")
              : Note.normal(job, "Resumed", "Job resumed"));
    }
    status = noted;
  }

  /**
   * Deletes active pods.
   *
   * @param uncounted whether they lose the finalizer first, and so do not count as failed
   */
  private void stop(List<JobPod> pods, boolean uncounted) {
    if (uncounted) {
      plan.together(pods.stream().filter(JobPod::tracked).map(JobPlanner::release).toList());
    }
    plan.together(
        pods.stream()
            .map(
                pod ->
                    Action.delete(Resources.PODS, pod.pod())
                        .announcing(
                            Announcement.ofDone(job, "SuccessfulDelete", "Deleted pod: %s")
                                .orFailed("FailedDelete", "Error deleting: %s")))
            .toList());
    active -= pods.size();
    ready -= Census.readyOf(pods);
    terminating += pods.size();
  }

  private void create(List<Long> indexes) {
    plan.inGrowingBatches(indexes.stream().map(this::creation).toList());
    active += indexes.size();
  }

  private Action creation(long index) {
    return new Action.Create(Resources.PODS, NewPod.of(job, census, index))
        .announcing(
            Announcement.ofDone(job, "SuccessfulCreate", "Created pod: %s")
                .orFailed("FailedCreate", "Error creating: %s"));
  }

  private static Action release(JobPod pod) {
    Tree patch =
        Tree.of(
            "metadata",
            Tree.of(
                "uid", pod.uid(),
                "$deleteFromPrimitiveList/finalizers", Items.of(JobPod.FINALIZER)));
    return new Action.Patch(
        Resources.PODS, pod.pod().namespace(), pod.pod().name(), "", PatchType.STRATEGIC, patch);
  }

  /** Announces the end, or makes it final once nobody works for the job any more. */
  private void end(Ending how, Tally tally) {
    if (!how.recorded()) {
      status = how.interim(now).putInto(status);
    } else if (tally.settled() && terminating == 0) {
      status = how.last(now).putInto(status);
      if (how.success()) {
        status = status.with("completionTime", Timestamps.seconds(now));
        noteSuccess();
      } else {
        notes.add(Note.warning(job, how.reason(), how.message()));
      }
    }
  }

  private void noteSuccess() {
    long wanted = census.spec().completions().orElse(Long.MAX_VALUE);
    if (status.number(0, "succeeded") > wanted) {
      notes.add(
          Note.warning(
              job,
              "TooManySucceededPods",
              "Too many succeeded pods running after completion count reached"));
    }
    notes.add(Note.normal(job, "Completed", "Job completed"));
  }

  /** A job whose pods are refused has begun all the same. */
  private List<Action> report() {
    Tree present =
        JobStatus.staffed(
            started(job, now), census.active().size(), census.ready(), census.terminating());
    return present.equals(job.status())
        ? List.of()
        : List.of(Action.updateStatus(Resources.JOBS, job.with(present, "status")));
  }
}
