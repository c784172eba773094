package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.pod.PodDefaults;
import io.kuber.resource.pod.TemplateCheck;

/** {@code v1 PodTemplate}. */
final class PodTemplates implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.POD_TEMPLATES,
              new PodTemplates(),
              Columns.none()
                  .name()
                  .text("Containers", (t, now) -> Workload.containers(template(t), "name"))
                  .text("Images", (t, now) -> Workload.containers(template(t), "image"))
                  .text(
                      "Pod Labels",
                      (t, now) -> Workload.labels(template(t).tree("metadata", "labels"))))
          .with(Trait.GENERATION, Trait.ANSWERS_WITH_DELETED);

  private PodTemplates() {}

  private static Tree template(KubeObject object) {
    return object.tree().tree("template");
  }

  @Override
  public KubeObject defaulted(KubeObject object) {
    return object.with(PodDefaults.ofTemplate(template(object).tree("spec")), "template", "spec");
  }

  @Override
  public boolean isNewGeneration(KubeObject updated, KubeObject old) {
    return !template(updated).equals(template(old));
  }

  @Override
  public void check(KubeObject object, Problems problems) {
    MetadataCheck.check(object, Names.SUBDOMAIN, problems);
    TemplateCheck.check(FieldPath.ROOT.child("template"), template(object), problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
