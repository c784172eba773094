package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Ages;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import java.time.Duration;
import java.time.Instant;

/** {@code batch/v1 Job}. */
final class Jobs implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.JOBS,
              new Jobs(),
              Columns.none()
                  .name()
                  .text("Status", (job, now) -> status(job))
                  .text("Completions", (job, now) -> completions(job))
                  .text("Duration", Jobs::duration)
                  .age()
                  .wide("Containers", (job, now) -> Workload.containers(job, "name"))
                  .wide("Images", (job, now) -> Workload.containers(job, "image"))
                  .wide("Selector", (job, now) -> Workload.selector(job)))
          .with(Trait.STATUS, Trait.GENERATION)
          .selectable("status.successful", "status.succeeded");

  private static final long BACKOFF_LIMIT = 6;

  private Jobs() {}

  private static String status(KubeObject job) {
    for (String condition : new String[] {"Complete", "Failed"}) {
      if (JobState.has(job, condition)) {
        return condition;
      }
    }
    if (job.isBeingDeleted()) {
      return "Terminating";
    }
    for (String condition : new String[] {"Suspended", "FailureTarget"}) {
      if (JobState.has(job, condition)) {
        return condition;
      }
    }
    return "Running";
  }

  private static String completions(KubeObject job) {
    long succeeded = job.status().number(0, "succeeded");
    if (job.spec().has("completions")) {
      return succeeded + "/" + job.spec().number(0, "completions");
    }
    long parallelism = job.spec().number(0, "parallelism");
    return succeeded + (parallelism > 1 ? "/1 of " + parallelism : "/1");
  }

  private static Object duration(KubeObject job, Instant now) {
    String start = job.status().text("startTime");
    if (start.isEmpty()) {
      return "";
    }
    String end = job.status().text("completionTime");
    Instant until = end.isEmpty() ? now : Instant.parse(end);
    return Ages.human(Duration.between(Instant.parse(start), until));
  }

  @Override
  public String absent(String field) {
    return field.equals("status.successful") ? "0" : "";
  }

  @Override
  public KubeObject defaulted(KubeObject job) {
    KubeObject complete = Workload.withTemplate(job);
    Tree spec = complete.spec();
    if (!spec.has("completions") && !spec.has("parallelism")) {
      complete = complete.with(1L, "spec", "completions");
    }
    complete = Workload.or(complete, 1L, "spec", "parallelism");
    long limit = spec.has("backoffLimitPerIndex") ? Integer.MAX_VALUE : BACKOFF_LIMIT;
    complete = Workload.or(complete, limit, "spec", "backoffLimit");
    complete = Workload.or(complete, "NonIndexed", "spec", "completionMode");
    complete = Workload.or(complete, false, "spec", "suspend");
    String replace = spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed";
    complete = Workload.or(complete, replace, "spec", "podReplacementPolicy");
    complete = Workload.or(complete, false, "spec", "manualSelector");
    return complete.withChild("spec", s -> s.withChild("podFailurePolicy", Jobs::completedPolicy));
  }

  private static Tree completedPolicy(Tree policy) {
    return policy.withEach(
        "rules", rule -> rule.withEach("onPodConditions", c -> c.withDefault("status", "True")));
  }

  /** A job selects by labels of its own that no other job has, unless its user wants otherwise. */
  @Override
  public KubeObject prepared(KubeObject created) {
    KubeObject begun = KindRules.super.prepared(created);
    if (!begun.spec().isTrue("manualSelector")) {
      begun = JobLabels.generated(begun);
    }
    Tree labels = begun.spec().tree("template", "metadata", "labels");
    return begun.labels().isEmpty() && !labels.isEmpty()
        ? begun.with(labels, "metadata", "labels")
        : begun;
  }

  @Override
  public void check(KubeObject job, Problems problems) {
    JobCheck.check(job, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    JobUpdateCheck.check(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    JobState.checkChange(FieldPath.ROOT.child("status"), updated, old, problems);
  }
}
