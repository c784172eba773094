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
import io.kuber.resource.check.IntOrPercent;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.SelectorCheck;
import io.kuber.resource.check.Texts;
import io.kuber.resource.pod.TemplateCheck;
import java.util.List;

/** {@code apps/v1 StatefulSet}. */
final class StatefulSets implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.STATEFUL_SETS,
              new StatefulSets(),
              Columns.none()
                  .name()
                  .text("Ready", (set, now) -> ready(set))
                  .age()
                  .wide("Containers", (set, now) -> Workload.containers(set, "name"))
                  .wide("Images", (set, now) -> Workload.containers(set, "image")))
          .with(Trait.STATUS, Trait.GENERATION)
          .with(Subresource.ofScale());

  private static final FieldPath STRATEGY = FieldPath.SPEC.child("updateStrategy");
  private static final FieldPath TEMPLATE = FieldPath.SPEC.child("template");
  private static final FieldPath RETENTION =
      FieldPath.SPEC.child("persistentVolumeClaimRetentionPolicy");

  private static final String[] MUTABLE = {
    "replicas",
    "ordinals",
    "template",
    "updateStrategy",
    "revisionHistoryLimit",
    "persistentVolumeClaimRetentionPolicy",
    "minReadySeconds"
  };

  private StatefulSets() {}

  private static String ready(KubeObject set) {
    return set.status().number(0, "readyReplicas") + "/" + set.spec().number(0, "replicas");
  }

  @Override
  public Tree firstStatus() {
    return Tree.of("replicas", 0L, "availableReplicas", 0L);
  }

  @Override
  public KubeObject defaulted(KubeObject set) {
    KubeObject complete = Workload.defaulted(set);
    complete = Workload.or(complete, "OrderedReady", "spec", "podManagementPolicy");
    if (complete.spec().text("updateStrategy", "type").isEmpty()) {
      complete = complete.with("RollingUpdate", "spec", "updateStrategy", "type");
      complete = Workload.or(complete, Tree.EMPTY, "spec", "updateStrategy", "rollingUpdate");
    }
    Tree strategy = complete.spec().tree("updateStrategy");
    if (strategy.text("type").equals("RollingUpdate") && strategy.has("rollingUpdate")) {
      complete = Workload.or(complete, 0L, "spec", "updateStrategy", "rollingUpdate", "partition");
    }
    for (String when : new String[] {"whenDeleted", "whenScaled"}) {
      complete =
          Workload.or(complete, "Retain", "spec", "persistentVolumeClaimRetentionPolicy", when);
    }
    complete = Workload.or(complete, 10L, "spec", "revisionHistoryLimit");
    return complete.withChild(
        "spec", spec -> spec.withEach("volumeClaimTemplates", StatefulSets::claim));
  }

  /** A template of claims looks like a claim that waits. */
  private static Tree claim(Tree template) {
    Tree spec = template.tree("spec").withDefault("volumeMode", "Filesystem");
    Tree complete =
        template
            .withDefault("apiVersion", "v1")
            .withDefault("kind", "PersistentVolumeClaim")
            .with("spec", spec);
    return complete.has("status") ? complete : complete.with("status", Tree.of("phase", "Pending"));
  }

  @Override
  public void check(KubeObject set, Problems problems) {
    MetadataCheck.check(set, Names.LABEL, problems);
    Tree spec = set.spec();
    String management = spec.text("podManagementPolicy");
    if (!management.equals("OrderedReady") && !management.equals("Parallel")) {
      problems.invalid(
          FieldPath.SPEC.child("podManagementPolicy"),
          management,
          "must be 'OrderedReady' or 'Parallel'");
    }
    checkStrategy(spec.tree("updateStrategy"), problems);
    for (String when : new String[] {"whenDeleted", "whenScaled"}) {
      Texts.checkOneOf(
          RETENTION,
          spec.tree("persistentVolumeClaimRetentionPolicy"),
          when,
          List.of("Retain", "Delete"),
          problems);
    }
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "replicas", problems);
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "minReadySeconds", problems);
    Numbers.checkNotNegative(
        FieldPath.SPEC.child("ordinals"), spec.tree("ordinals"), "start", problems);
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "revisionHistoryLimit", problems);
    SelectorCheck.checkOfWorkload(FieldPath.SPEC, spec, "statefulset", problems);
    TemplateCheck.checkMetadata(TEMPLATE, spec.tree("template"), problems);
    TemplateCheck.checkRunsForever(TEMPLATE, spec.tree("template"), "StatefulSet", problems);
  }

  private static void checkStrategy(Tree strategy, Problems problems) {
    FieldPath rolling = STRATEGY.child("rollingUpdate");
    switch (strategy.text("type")) {
      case "OnDelete" -> {
        if (strategy.has("rollingUpdate")) {
          problems.invalid(
              rolling,
              strategy.tree("rollingUpdate"),
              "only allowed for updateStrategy 'RollingUpdate'");
        }
      }
      case "RollingUpdate" -> checkRolling(rolling, strategy.tree("rollingUpdate"), problems);
      default -> problems.invalid(STRATEGY, strategy, "must be 'RollingUpdate' or 'OnDelete'");
    }
  }

  private static void checkRolling(FieldPath path, Tree rolling, Problems problems) {
    Numbers.checkNotNegative(path, rolling, "partition", problems);
    Object most = rolling.get("maxUnavailable");
    if (most != null) {
      FieldPath field = path.child("maxUnavailable");
      IntOrPercent.check(field, most, problems);
      if (IntOrPercent.isZero(most)) {
        problems.invalid(field, most, "cannot be 0");
      }
      IntOrPercent.checkAtMostAll(field, most, problems);
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    if (!frozen(updated).equals(frozen(old))) {
      problems.forbidden(
          FieldPath.SPEC,
          "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
              + " 'updateStrategy', 'revisionHistoryLimit',"
              + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
    }
  }

  private static Tree frozen(KubeObject set) {
    Tree rest = set.spec();
    for (String field : MUTABLE) {
      rest = rest.without(field);
    }
    return rest;
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    Counts.check(
        updated,
        problems,
        "replicas",
        "readyReplicas",
        "currentReplicas",
        "updatedReplicas",
        "availableReplicas",
        "observedGeneration",
        "collisionCount");
    Counts.checkWithinReplicas(
        updated,
        problems,
        "readyReplicas",
        "currentReplicas",
        "updatedReplicas",
        "availableReplicas");
    Counts.checkCollisions(updated, old, problems);
  }
}
