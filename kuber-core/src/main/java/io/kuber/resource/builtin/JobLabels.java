package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.selector.InvalidSelectorException;
import io.kuber.selector.LabelSelector;
import java.util.LinkedHashMap;
import java.util.Map;

/** The labels by which a job knows its pods (pkg/registry/batch/job, generateSelector). */
final class JobLabels {
  private static final String UID = "batch.kubernetes.io/controller-uid";

  private JobLabels() {}

  /** The labels that pods of a job carry, the ones of before v1.27 included. */
  private static Map<String, String> of(KubeObject job) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("controller-uid", job.uid());
    labels.put("job-name", job.name());
    labels.put(UID, job.uid());
    labels.put("batch.kubernetes.io/job-name", job.name());
    return labels;
  }

  /** The job with a selector, and with the labels in its template that it selects by. */
  static KubeObject generated(KubeObject job) {
    KubeObject labelled = job;
    for (Map.Entry<String, String> label : of(job).entrySet()) {
      labelled =
          Workload.or(
              labelled, label.getValue(), "spec", "template", "metadata", "labels", label.getKey());
    }
    return Workload.or(labelled, job.uid(), "spec", "selector", "matchLabels", UID);
  }

  /** Reports a template or selector in which others than the generated labels stand. */
  static void check(KubeObject job, Problems problems) {
    if (job.spec().isTrue("manualSelector") || !job.spec().has("selector")) {
      return;
    }
    Tree labels = job.spec().tree("template", "metadata", "labels");
    FieldPath field = FieldPath.SPEC.child("template", "metadata", "labels");
    of(job)
        .forEach(
            (name, value) -> {
              if (!labels.has(name)) {
                problems.required(field.key(name), "must be '" + value + "'");
              } else if (!labels.text(name).equals(value)) {
                problems.invalid(field.key(name), labels, "must be '" + value + "'");
              }
            });
    Tree selector = job.spec().tree("selector");
    try {
      if (!LabelSelector.of(selector).test(of(job))) {
        problems.invalid(
            FieldPath.SPEC.child("selector"), selector, "`selector` not auto-generated");
      }
    } catch (InvalidSelectorException reportedElsewhere) {
      return;
    }
  }
}
