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
import io.kuber.resource.check.IntOrPercent;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.SelectorCheck;
import io.kuber.resource.pod.TemplateCheck;
import java.util.List;

/** {@code apps/v1 DaemonSet}. */
final class DaemonSets implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.DAEMON_SETS,
              new DaemonSets(),
              Columns.none()
                  .name()
                  .integer("Desired", (set, now) -> count(set, "desiredNumberScheduled"))
                  .integer("Current", (set, now) -> count(set, "currentNumberScheduled"))
                  .integer("Ready", (set, now) -> count(set, "numberReady"))
                  .integer("Up-to-date", (set, now) -> count(set, "updatedNumberScheduled"))
                  .integer("Available", (set, now) -> count(set, "numberAvailable"))
                  .text(
                      "Node Selector",
                      (set, now) ->
                          Workload.labels(set.spec().tree("template", "spec", "nodeSelector")))
                  .age()
                  .wide("Containers", (set, now) -> Workload.containers(set, "name"))
                  .wide("Images", (set, now) -> Workload.containers(set, "image"))
                  .wide("Selector", (set, now) -> Workload.selector(set)))
          .with(Trait.STATUS, Trait.GENERATION);

  /** Counts the templates there were; the field that did so went with extensions/v1beta1. */
  private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

  private static final FieldPath STRATEGY = FieldPath.SPEC.child("updateStrategy");
  private static final FieldPath TEMPLATE = FieldPath.SPEC.child("template");

  private DaemonSets() {}

  private static long count(KubeObject set, String field) {
    return set.status().number(0, field);
  }

  @Override
  public Tree firstStatus() {
    return Tree.of(
        "currentNumberScheduled",
        0L,
        "numberMisscheduled",
        0L,
        "desiredNumberScheduled",
        0L,
        "numberReady",
        0L);
  }

  @Override
  public KubeObject defaulted(KubeObject set) {
    KubeObject complete = Workload.withTemplate(set);
    complete = Workload.or(complete, "RollingUpdate", "spec", "updateStrategy", "type");
    if (complete.spec().text("updateStrategy", "type").equals("RollingUpdate")) {
      complete = Workload.or(complete, 0L, "spec", "updateStrategy", "rollingUpdate", "maxSurge");
      complete =
          Workload.or(complete, 1L, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable");
    }
    return Workload.or(complete, 10L, "spec", "revisionHistoryLimit");
  }

  @Override
  public KubeObject prepared(KubeObject created) {
    return KindRules.super.prepared(counted(created, Math.max(1, templates(created))));
  }

  @Override
  public KubeObject prepared(KubeObject updated, KubeObject old) {
    boolean same = updated.spec().tree("template").equals(old.spec().tree("template"));
    long before = templates(old);
    return before == 0 && same ? updated : counted(updated, same ? before : before + 1);
  }

  private static KubeObject counted(KubeObject set, long templates) {
    return set.with(Long.toString(templates), "metadata", "annotations", TEMPLATE_GENERATION);
  }

  private static long templates(KubeObject set) {
    String text = set.annotations().getOrDefault(TEMPLATE_GENERATION, "");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  @Override
  public void check(KubeObject set, Problems problems) {
    MetadataCheck.check(set, Names.SUBDOMAIN, problems);
    Tree spec = set.spec();
    SelectorCheck.checkOfWorkload(FieldPath.SPEC, spec, "daemonset", problems);
    TemplateCheck.check(TEMPLATE, spec.tree("template"), problems);
    TemplateCheck.checkRunsForever(TEMPLATE, spec.tree("template"), "DaemonSet", problems);
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "minReadySeconds", problems);
    checkStrategy(spec.tree("updateStrategy"), problems);
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "revisionHistoryLimit", problems);
  }

  private static void checkStrategy(Tree strategy, Problems problems) {
    switch (strategy.text("type")) {
      case "OnDelete" -> {}
      case "RollingUpdate" -> checkRolling(strategy.tree("rollingUpdate"), problems);
      default -> problems.notSupported(STRATEGY, strategy, List.of("RollingUpdate", "OnDelete"));
    }
  }

  private static void checkRolling(Tree rolling, Problems problems) {
    FieldPath path = STRATEGY.child("rollingUpdate");
    for (String name : new String[] {"maxUnavailable", "maxSurge"}) {
      Object amount = rolling.get(name);
      if (amount != null) {
        IntOrPercent.check(path.child(name), amount, problems);
        IntOrPercent.checkAtMostAll(path.child(name), amount, problems);
      }
    }
    Object surge = rolling.get("maxSurge");
    boolean unavailable = !IntOrPercent.isZero(rolling.get("maxUnavailable"));
    if (unavailable && surge != null && !IntOrPercent.isZero(surge)) {
      problems.invalid(
          path.child("maxSurge"), surge, "may not be set when maxUnavailable is non-zero");
    } else if (!unavailable && IntOrPercent.isZero(surge)) {
      problems.required(path.child("maxUnavailable"), "cannot be 0 when maxSurge is 0");
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    Workload.checkUpdate(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    Counts.check(
        updated,
        problems,
        "currentNumberScheduled",
        "numberMisscheduled",
        "desiredNumberScheduled",
        "numberReady",
        "observedGeneration",
        "updatedNumberScheduled",
        "numberAvailable",
        "numberUnavailable",
        "collisionCount");
    Counts.checkCollisions(updated, old, problems);
  }
}
