package io.kuber.controller.cronjob;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;

/** The jobs of a CronJob: how they are made, known and judged. */
final class Runs {
  private static final String SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp";

  /** Those that never began come last. */
  static final Comparator<KubeObject> OLDEST_FIRST =
      Comparator.comparing(
              (KubeObject job) ->
                  job.status().has("startTime")
                      ? Timestamps.parse(job.status().text("startTime"))
                      : Instant.MAX)
          .thenComparing(KubeObject::name);

  private Runs() {}

  static String nameOf(KubeObject cron, Instant start) {
    return cron.name()
        + "-"
        + start.getEpochSecond() / ChronoUnit.MINUTES.getDuration().toSeconds();
  }

  /** The job of a start. */
  static KubeObject create(KubeObject cron, Instant start, ZoneId zone) {
    Tree template = cron.spec().tree("jobTemplate");
    String scheduled = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start.atZone(zone));
    Tree metadata =
        Tree.builder()
            .put("name", nameOf(cron, start))
            .put("namespace", cron.namespace())
            .putIfPresent("labels", template.at("metadata", "labels"))
            .put("annotations", template.tree("metadata", "annotations").with(SCHEDULED, scheduled))
            .put("ownerReferences", Items.of(OwnerReference.controllerOf(cron).toTree()))
            .build();
    return KubeObject.of(
        Tree.of(
            "apiVersion", Resources.JOBS.apiVersion(),
            "kind", Resources.JOBS.kind(),
            "metadata", metadata,
            "spec", template.tree("spec")));
  }

  /** For which start the job was made; empty when somebody else made it. */
  static Optional<Instant> startOf(KubeObject job) {
    String text = job.annotations().getOrDefault(SCHEDULED, "");
    try {
      return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeParseException notOurs) {
      return Optional.empty();
    }
  }

  /** Complete or Failed; empty while the job goes on. */
  static String end(KubeObject job) {
    return is(job, "Complete") ? "Complete" : is(job, "Failed") ? "Failed" : "";
  }

  private static boolean is(KubeObject job, String type) {
    return Condition.find(job.status(), type).filter(Condition::isTrue).isPresent();
  }

  static Tree reference(KubeObject job) {
    return Tree.of(
        "apiVersion", job.apiVersion(),
        "kind", job.kind(),
        "name", job.name(),
        "namespace", job.namespace(),
        "resourceVersion", job.resourceVersion(),
        "uid", job.uid());
  }
}
