package io.kuber.controller.cronjob;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.view.Timestamps;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes one plan for one CronJob. Lives as long as the making. */
final class CronJobPlanner {
  /** RFC 1123 with a numeric zone, as upstream writes it. */
  private static final DateTimeFormatter SPOKEN =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final KubeObject cron;
  private final List<KubeObject> jobs;
  private final Predicate<String> isTaken;
  private final Instant now;
  private final Plan.Builder plan = Plan.builder();
  private final List<Note> notes = new ArrayList<>();

  /** By uid, as the status is to list them. */
  private final Map<String, Tree> active = new LinkedHashMap<>();

  private Tree status;

  private CronJobPlanner(
      KubeObject cron, List<KubeObject> jobs, Predicate<String> isTaken, Instant now) {
    this.cron = cron;
    this.jobs = jobs;
    this.isTaken = isTaken;
    this.now = now;
    this.status = cron.status();
    cron.status().items("active").trees().forEach(entry -> active.put(entry.text("uid"), entry));
  }

  /**
   * What to do about a CronJob.
   *
   * @param jobs those that it controls
   * @param isTaken whether some job has that name, whoever controls it
   */
  static Plan plan(KubeObject cron, List<KubeObject> jobs, Predicate<String> isTaken, Instant now) {
    return new CronJobPlanner(cron, jobs, isTaken, now).plan();
  }

  private Plan plan() {
    forgetMissing();
    jobs.forEach(this::take);
    Optional<Action> start = Optional.empty();
    if (!cron.isBeingDeleted() && !cron.spec().isTrue("suspend")) {
      start = start();
    }
    clean("Complete", "successfulJobsHistoryLimit");
    clean("Failed", "failedJobsHistoryLimit");
    List<Object> listed = new ArrayList<>(active.values());
    status =
        listed.isEmpty() ? status.without("active") : status.with("active", Items.copyOf(listed));
    // Even without a change it keeps a controller with an old view from starting a job again.
    if (!status.equals(cron.status()) || start.isPresent()) {
      plan.then(Action.updateStatus(Resources.CRON_JOBS, cron.with(status, "status")));
    }
    notes.forEach(note -> plan.then(new Action.Emit(note)));
    // Last, so that what came before is not undone when the job is refused.
    start.ifPresent(plan::then);
    return plan.build();
  }

  private void forgetMissing() {
    for (Tree entry : List.copyOf(active.values())) {
      if (jobs.stream().noneMatch(job -> job.uid().equals(entry.text("uid")))) {
        active.remove(entry.text("uid"));
        note("MissingJob", "Active job went missing: " + entry.text("name"));
      }
    }
  }

  private void take(KubeObject job) {
    String end = Runs.end(job);
    boolean listed = active.containsKey(job.uid());
    if (listed && !end.isEmpty()) {
      active.remove(job.uid());
      note("SawCompletedJob", "Saw completed job: %s, condition: %s".formatted(job.name(), end));
    } else if (!listed && end.isEmpty()) {
      adopt(job);
    }
    if (end.equals("Complete")) {
      raise("lastSuccessfulTime", Timestamps.parse(job.status().text("completionTime")));
    }
    // It may have ended before anybody wrote down that it began.
    Runs.startOf(job).ifPresent(time -> raise("lastScheduleTime", time));
  }

  /** A job that this controller made a moment ago; another one was made by somebody else. */
  private void adopt(KubeObject job) {
    if (Runs.startOf(job).isPresent()) {
      active.put(job.uid(), Runs.reference(job));
    } else {
      warn(
          "UnexpectedJob", "Saw a job that the controller did not create or forgot: " + job.name());
    }
  }

  private void raise(String field, Instant time) {
    if (time.isAfter(Timestamps.parse(status.text(field)))) {
      status = status.with(field, Timestamps.seconds(time));
    }
  }

  private Optional<Action> start() {
    Timetable times;
    Missed missed;
    try {
      times = Timetable.of(cron.with(status, "status"));
      missed = times.missed(now);
    } catch (IllegalArgumentException wrong) {
      String schedule = cron.spec().text("schedule");
      warn(
          "UnparseableSchedule",
          "unparseable schedule: \"%s\" : %s".formatted(schedule, wrong.getMessage()));
      return Optional.empty();
    }
    warnOfZone();
    times.untilNext(now).ifPresent(plan::againAfter);
    if (missed.isMany() && missed.latest().isPresent()) {
      warn(
          "TooManyMissedTimes",
          "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock"
              + " skew");
    }
    return missed.latest().flatMap(time -> start(times, time));
  }

  private void warnOfZone() {
    String schedule = cron.spec().text("schedule");
    if (schedule.contains("TZ")) {
      warn(
          "UnsupportedSchedule",
          "CRON_TZ or TZ used in schedule \"%s\" is not officially supported, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details"
              .formatted(schedule));
    }
  }

  private Optional<Action> start(Timetable times, Instant time) {
    if (times.isTooLate(time, now)) {
      warn("MissSchedule", "Missed scheduled time to start a job: " + SPOKEN.format(time));
      return Optional.empty();
    }
    String name = Runs.nameOf(cron, time);
    boolean done =
        isTaken.test(name)
            || active.values().stream().anyMatch(entry -> entry.text("name").equals(name))
            || Timetable.lastStart(cron.with(status, "status")).equals(Optional.of(time));
    if (done) {
      return Optional.empty();
    }
    String policy = cron.spec().text("concurrencyPolicy");
    if (policy.equals("Forbid") && !active.isEmpty()) {
      note(
          "JobAlreadyActive",
          "Not starting job because prior execution is running and concurrency policy is Forbid");
      return Optional.empty();
    }
    if (policy.equals("Replace")) {
      delete(jobs.stream().filter(job -> active.containsKey(job.uid())).toList());
    }
    return Optional.of(
        new Action.Create(Resources.JOBS, Runs.create(cron, time, times.zone()))
            .announcing(
                Announcement.ofDone(cron, "SuccessfulCreate", "Created job %s")
                    .orFailed("FailedCreate", "Error creating job: %s")));
  }

  /** Deletes the oldest jobs of that end beyond the limit. */
  private void clean(String end, String limit) {
    if (!cron.isBeingDeleted() && cron.spec().has(limit)) {
      List<KubeObject> ended =
          jobs.stream()
              .filter(job -> Runs.end(job).equals(end) && !job.isBeingDeleted())
              .sorted(Runs.OLDEST_FIRST)
              .toList();
      delete(ended.subList(0, (int) Math.max(0, ended.size() - cron.spec().number(0, limit))));
    }
  }

  private void delete(List<KubeObject> doomed) {
    plan.together(
        doomed.stream()
            .map(
                job ->
                    new Action.Delete(
                            Resources.JOBS,
                            job.namespace(),
                            job.name(),
                            new DeleteOptions(-1, "Background", job.uid(), ""))
                        .announcing(
                            Announcement.ofDone(cron, "SuccessfulDelete", "Deleted job %s")
                                .orFailed("FailedDelete", "Deleted job: %s")))
            .toList());
    doomed.forEach(job -> active.remove(job.uid()));
  }

  private void note(String reason, String message) {
    notes.add(Note.normal(cron, reason, message));
  }

  private void warn(String reason, String message) {
    notes.add(Note.warning(cron, reason, message));
  }
}
