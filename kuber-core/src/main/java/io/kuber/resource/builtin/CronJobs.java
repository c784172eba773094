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
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.Texts;
import io.kuber.resource.pod.PodDefaults;
import java.time.Instant;
import java.util.List;

/** {@code batch/v1 CronJob}. */
final class CronJobs implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.CRON_JOBS,
              new CronJobs(),
              Columns.none()
                  .name()
                  .text("Schedule", (cron, now) -> cron.spec().text("schedule"))
                  .text("Timezone", (cron, now) -> zone(cron))
                  .truth("Suspend", (cron, now) -> suspended(cron))
                  .integer("Active", (cron, now) -> cron.status().items("active").size())
                  .text("Last Schedule", CronJobs::last)
                  .age()
                  .wide("Containers", (cron, now) -> Workload.containers(template(cron), "name"))
                  .wide("Images", (cron, now) -> Workload.containers(template(cron), "image"))
                  .wide("Selector", (cron, now) -> Workload.selector(job(cron).tree("selector"))))
          .with(Trait.STATUS, Trait.GENERATION)
          .selectable("status.successful");

  /** A job of it gets eleven characters more, and has to fit a label. */
  private static final int LONGEST_NAME = 52;

  private static final FieldPath JOB = FieldPath.SPEC.child("jobTemplate", "spec");

  private static final List<String> POLICIES = List.of("Allow", "Forbid", "Replace");

  private CronJobs() {}

  private static Tree job(KubeObject cron) {
    return cron.spec().tree("jobTemplate", "spec");
  }

  private static Tree template(KubeObject cron) {
    return job(cron).tree("template");
  }

  private static String zone(KubeObject cron) {
    return cron.spec().has("timeZone") ? cron.spec().text("timeZone") : "<none>";
  }

  private static String suspended(KubeObject cron) {
    if (!cron.spec().has("suspend")) {
      return "<unset>";
    }
    return cron.spec().isTrue("suspend") ? "True" : "False";
  }

  private static Object last(KubeObject cron, Instant now) {
    String time = cron.status().text("lastScheduleTime");
    return time.isEmpty() ? "<none>" : Ages.since(time, now);
  }

  @Override
  public KubeObject defaulted(KubeObject cron) {
    KubeObject complete =
        cron.with(
            PodDefaults.ofTemplate(template(cron).tree("spec")),
            "spec",
            "jobTemplate",
            "spec",
            "template",
            "spec");
    complete = Workload.or(complete, "Allow", "spec", "concurrencyPolicy");
    complete = Workload.or(complete, false, "spec", "suspend");
    complete = Workload.or(complete, 3L, "spec", "successfulJobsHistoryLimit");
    return Workload.or(complete, 1L, "spec", "failedJobsHistoryLimit");
  }

  @Override
  public void check(KubeObject cron, Problems problems) {
    check(cron, Tree.EMPTY, problems);
  }

  /** A zone that stands there already is not looked at again. */
  @Override
  public void checkReplacement(KubeObject updated, KubeObject old, Problems problems) {
    check(updated, old.spec(), problems);
  }

  private static void check(KubeObject cron, Tree old, Problems problems) {
    MetadataCheck.check(cron, Names.SUBDOMAIN, problems);
    Tree spec = cron.spec();
    ScheduleCheck.check(spec, old, problems);
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "startingDeadlineSeconds", problems);
    ScheduleCheck.checkZone(spec, old, problems);
    if (spec.text("concurrencyPolicy").isEmpty()) {
      problems.required(FieldPath.SPEC.child("concurrencyPolicy"), "");
    } else {
      Texts.checkOneOf(FieldPath.SPEC, spec, "concurrencyPolicy", POLICIES, problems);
    }
    JobCheck.checkSpec(JOB, job(cron), problems);
    if (job(cron).has("selector")) {
      problems.invalid(
          JOB.child("selector"), job(cron).tree("selector"), "`selector` will be auto-generated");
    }
    if (job(cron).isTrue("manualSelector")) {
      problems.notSupported(JOB.child("manualSelector"), true, List.of("nil", "false"));
    }
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "successfulJobsHistoryLimit", problems);
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "failedJobsHistoryLimit", problems);
  }

  @Override
  public void checkCreate(KubeObject cron, Problems problems) {
    if (cron.name().length() > LONGEST_NAME) {
      problems.invalid(
          FieldPath.METADATA.child("name"),
          cron.name(),
          "must be no more than " + LONGEST_NAME + " characters");
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
