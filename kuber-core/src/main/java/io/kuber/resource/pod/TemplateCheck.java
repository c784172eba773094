package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import java.util.List;

/** What is wrong with the template from which a workload makes its pods. */
public final class TemplateCheck {
  private TemplateCheck() {}

  /** Reports what is wrong with a complete template. */
  public static void check(FieldPath path, Tree template, Problems problems) {
    checkMetadata(path, template, problems);
    PodCheck.check(path.child("spec"), template.tree("spec"), problems);
    if (!template.items("spec", "ephemeralContainers").isEmpty()) {
      problems.forbidden(
          path.child("spec", "ephemeralContainers"),
          "ephemeral containers not allowed in pod template");
    }
  }

  /** Reports what is wrong with the labels and annotations that pods are to get. */
  public static void checkMetadata(FieldPath path, Tree template, Problems problems) {
    Tree metadata = template.tree("metadata");
    MetadataCheck.checkLabels(path.child("labels"), metadata.tree("labels").texts(), problems);
    MetadataCheck.checkAnnotations(
        path.child("annotations"), metadata.tree("annotations").texts(), problems);
  }

  /**
   * Reports a template of pods that end by themselves.
   *
   * @param kind of the workload, such as {@code ReplicaSet}, as the message names it
   */
  public static void checkRunsForever(
      FieldPath path, Tree template, String kind, Problems problems) {
    String restart = template.text("spec", "restartPolicy");
    if (!restart.equals("Always")) {
      problems.notSupported(path.child("spec", "restartPolicy"), restart, List.of("Always"));
    }
    if (template.tree("spec").has("activeDeadlineSeconds")) {
      problems.forbidden(
          path.child("spec", "activeDeadlineSeconds"),
          "activeDeadlineSeconds in " + kind + " is not Supported");
    }
  }
}
