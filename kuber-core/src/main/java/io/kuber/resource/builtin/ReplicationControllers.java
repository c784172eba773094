package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Subresource;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.pod.TemplateCheck;
import io.kuber.selector.LabelSelector;

/** {@code v1 ReplicationController}, whose selector is a map of labels. */
final class ReplicationControllers implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.REPLICATION_CONTROLLERS,
              new ReplicationControllers(),
              Columns.none()
                  .name()
                  .integer("Desired", (rc, now) -> rc.spec().number(0, "replicas"))
                  .integer("Current", (rc, now) -> rc.status().number(0, "replicas"))
                  .integer("Ready", (rc, now) -> rc.status().number(0, "readyReplicas"))
                  .age()
                  .wide("Containers", (rc, now) -> Workload.containers(rc, "name"))
                  .wide("Images", (rc, now) -> Workload.containers(rc, "image"))
                  .wide("Selector", (rc, now) -> Workload.labels(rc.spec().tree("selector"))))
          .with(Trait.STATUS, Trait.GENERATION)
          .with(Subresource.ofScale())
          .selectable("status.replicas");

  private static final FieldPath TEMPLATE = FieldPath.SPEC.child("template");

  private ReplicationControllers() {}

  @Override
  public Tree firstStatus() {
    return Tree.of("replicas", 0L);
  }

  @Override
  public String absent(String field) {
    return field.equals("status.replicas") ? "0" : "";
  }

  /** The labels of the template are those of the controller, and what it selects by. */
  @Override
  public KubeObject defaulted(KubeObject controller) {
    KubeObject complete =
        controller.spec().has("template")
            ? Workload.defaulted(controller)
            : Workload.or(controller, 1L, "spec", "replicas");
    Tree labels = complete.spec().tree("template", "metadata", "labels");
    if (labels.isEmpty()) {
      return complete;
    }
    if (complete.spec().tree("selector").isEmpty()) {
      complete = complete.with(labels, "spec", "selector");
    }
    return complete.labels().isEmpty() ? complete.with(labels, "metadata", "labels") : complete;
  }

  @Override
  public void check(KubeObject controller, Problems problems) {
    MetadataCheck.check(controller, Names.SUBDOMAIN, problems);
    Tree spec = controller.spec();
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "minReadySeconds", problems);
    Tree selector = spec.tree("selector");
    if (selector.isEmpty()) {
      problems.required(FieldPath.SPEC.child("selector"), "");
    }
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "replicas", problems);
    if (!spec.has("template")) {
      problems.required(TEMPLATE, "");
      return;
    }
    Tree template = spec.tree("template");
    Tree labels = template.tree("metadata", "labels");
    if (!LabelSelector.ofLabels(selector.texts()).matches(labels)) {
      problems.invalid(
          TEMPLATE.child("metadata", "labels"),
          labels,
          "`selector` does not match template `labels`");
    }
    TemplateCheck.check(TEMPLATE, template, problems);
    TemplateCheck.checkRunsForever(TEMPLATE, template, "ReplicationController", problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    Counts.check(
        updated,
        problems,
        "replicas",
        "fullyLabeledReplicas",
        "readyReplicas",
        "availableReplicas",
        "observedGeneration");
    Counts.checkWithinReplicas(
        updated, problems, "fullyLabeledReplicas", "readyReplicas", "availableReplicas");
  }
}
