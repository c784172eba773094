package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.SelectorCheck;
import io.kuber.resource.pod.PodCheck;
import io.kuber.resource.pod.PodDefaults;
import io.kuber.selector.LabelSelector;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What workloads have in common: replicas, a selector, and a template of pods. */
final class Workload {
  private static final FieldPath TEMPLATE = FieldPath.SPEC.child("template");

  private Workload() {}

  static KubeObject defaulted(KubeObject workload) {
    KubeObject counted = or(workload, 1L, "spec", "replicas");
    return counted.with(
        PodDefaults.ofTemplate(counted.spec().tree("template", "spec")),
        "spec",
        "template",
        "spec");
  }

  /** The object with the value at the path set, unless there is one. */
  static KubeObject or(KubeObject object, Object value, String... path) {
    return object.tree().at(path) == null ? object.with(value, path) : object;
  }

  static void check(KubeObject workload, Problems problems) {
    MetadataCheck.check(workload, Names.SUBDOMAIN, problems);
    Tree spec = workload.spec();
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "replicas", problems);
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "minReadySeconds", problems);
    Tree template = spec.tree("template");
    SelectorCheck.check(
        FieldPath.SPEC,
        spec.tree("selector"),
        template.tree("metadata", "labels").texts(),
        problems);
    MetadataCheck.checkLabels(
        TEMPLATE.child("metadata", "labels"),
        template.tree("metadata", "labels").texts(),
        problems);
    MetadataCheck.checkAnnotations(
        TEMPLATE.child("metadata", "annotations"),
        template.tree("metadata", "annotations").texts(),
        problems);
    PodCheck.check(TEMPLATE.child("spec"), template.tree("spec"), problems);
    String restart = template.text("spec", "restartPolicy");
    if (!restart.equals("Always")) {
      problems.notSupported(TEMPLATE.child("spec", "restartPolicy"), restart, List.of("Always"));
    }
  }

  static void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    Tree selector = updated.spec().tree("selector");
    if (!Objects.equals(selector, old.spec().tree("selector"))) {
      problems.invalid(FieldPath.SPEC.child("selector"), selector, "field is immutable");
    }
  }

  /** The column of container names, or of images. */
  static String containers(KubeObject workload, String field) {
    return workload.spec().items("template", "spec", "containers").trees().stream()
        .map(container -> container.text(field))
        .collect(Collectors.joining(","));
  }

  static String selector(KubeObject workload) {
    return LabelSelector.of(workload.spec().tree("selector")).toString();
  }
}
