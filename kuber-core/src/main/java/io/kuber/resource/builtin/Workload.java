package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.SelectorCheck;
import io.kuber.resource.pod.PodDefaults;
import io.kuber.resource.pod.TemplateCheck;
import io.kuber.selector.InvalidSelectorException;
import io.kuber.selector.LabelSelector;
import java.util.stream.Collectors;

/** What workloads have in common: replicas, a selector, and a template of pods. */
final class Workload {
  private static final FieldPath TEMPLATE = FieldPath.SPEC.child("template");

  private Workload() {}

  /** One replica unless it says how many, and a complete template. */
  static KubeObject defaulted(KubeObject workload) {
    return withTemplate(or(workload, 1L, "spec", "replicas"));
  }

  /** The object with a complete template. */
  static KubeObject withTemplate(KubeObject workload) {
    return workload.with(
        PodDefaults.ofTemplate(workload.spec().tree("template", "spec")),
        "spec",
        "template",
        "spec");
  }

  /** The object with the value at the path set, unless there is one. */
  static KubeObject or(KubeObject object, Object value, String... path) {
    return object.tree().at(path) == null ? object.with(value, path) : object;
  }

  /** Reports what is wrong with a Deployment or ReplicaSet, as far as they are alike. */
  static void check(KubeObject workload, Problems problems) {
    MetadataCheck.check(workload, Names.SUBDOMAIN, problems);
    Tree spec = workload.spec();
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "replicas", problems);
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "minReadySeconds", problems);
    SelectorCheck.checkOfWorkload(FieldPath.SPEC, spec, "deployment", problems);
    TemplateCheck.check(TEMPLATE, spec.tree("template"), problems);
    TemplateCheck.checkRunsForever(TEMPLATE, spec.tree("template"), "ReplicaSet", problems);
  }

  /** Reports a change that would let go of the pods there are. */
  static void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    MetadataCheck.checkImmutable(FieldPath.SPEC, updated.spec(), old.spec(), "selector", problems);
  }

  /** The column of container names, or of images. */
  static String containers(KubeObject workload, String field) {
    return containers(workload.spec().tree("template"), field);
  }

  /** The column of container names, or of images, of a template. */
  static String containers(Tree template, String field) {
    return template.items("spec", "containers").trees().stream()
        .map(container -> container.text(field))
        .collect(Collectors.joining(","));
  }

  static String selector(KubeObject workload) {
    return selector(workload.spec().tree("selector"));
  }

  /** A selector as tables show it. */
  static String selector(Tree selector) {
    try {
      String text = LabelSelector.of(selector).toString();
      return text.isEmpty() ? "<none>" : text;
    } catch (InvalidSelectorException malformed) {
      return "<error>";
    }
  }

  /** Labels as tables show them. */
  static String labels(Tree labels) {
    return labels.isEmpty() ? "<none>" : LabelSelector.ofLabels(labels.texts()).toString();
  }
}
