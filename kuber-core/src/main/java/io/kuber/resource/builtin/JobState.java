package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;

/** How far a job is, and how its status may not change: what ended stays as it ended. */
final class JobState {
  private JobState() {}

  /** Whether the condition is true. */
  static boolean has(KubeObject job, String condition) {
    return job.status().items("conditions").trees().stream()
        .anyMatch(c -> c.text("type").equals(condition) && c.text("status").equals("True"));
  }

  static void checkChange(FieldPath path, KubeObject updated, KubeObject old, Problems problems) {
    Counts.check(updated, problems, "active", "succeeded", "failed", "ready", "terminating");
    FieldPath conditions = path.child("conditions");
    if (has(updated, "Complete") && has(updated, "Failed")) {
      problems.invalid(conditions, "cannot set Complete=True and Failed=true conditions");
    }
    for (String condition : new String[] {"Failed", "Complete", "FailureTarget"}) {
      if (has(old, condition) && !has(updated, condition)) {
        problems.invalid(
            conditions, "cannot disable the terminal " + condition + "=True condition");
      }
    }
    checkTimes(path, updated, problems);
    checkCounters(path, updated, old, problems);
  }

  private static void checkTimes(FieldPath path, KubeObject job, Problems problems) {
    String completion = job.status().text("completionTime");
    FieldPath field = path.child("completionTime");
    if (!completion.isEmpty() && !has(job, "Complete")) {
      problems.invalid(
          field, completion, "cannot set completionTime when there is no Complete=True condition");
    } else if (completion.isEmpty() && has(job, "Complete")) {
      problems.required(field, "completionTime is required for Complete jobs");
    }
    boolean finished = has(job, "Complete") || has(job, "Failed");
    if (finished && job.status().text("startTime").isEmpty()) {
      problems.required(path.child("startTime"), "startTime is required for finished job");
    }
    long active = job.status().number(0, "active");
    if (finished && active > 0) {
      problems.invalid(path.child("active"), active, "active>0 is invalid for finished job");
    }
  }

  private static void checkCounters(
      FieldPath path, KubeObject updated, KubeObject old, Problems problems) {
    long failed = updated.status().number(0, "failed");
    if (failed < old.status().number(0, "failed")) {
      problems.invalid(path.child("failed"), failed, "cannot decrease the failed counter");
    }
    long succeeded = updated.status().number(0, "succeeded");
    boolean elastic =
        JobCheck.isIndexed(updated.spec())
            && updated.spec().number(0, "completions") == updated.spec().number(0, "parallelism");
    if (!elastic && succeeded < old.status().number(0, "succeeded")) {
      problems.invalid(path.child("succeeded"), succeeded, "cannot decrease the succeeded counter");
    }
  }
}
