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
import io.kuber.resource.check.Numbers;
import java.util.List;

/** {@code apps/v1 Deployment}. */
final class Deployments implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.DEPLOYMENTS,
              new Deployments(),
              Columns.none()
                  .name()
                  .text("Ready", (d, now) -> ready(d))
                  .integer("Up-to-date", (d, now) -> d.status().number(0, "updatedReplicas"))
                  .integer("Available", (d, now) -> d.status().number(0, "availableReplicas"))
                  .age()
                  .wide("Containers", (d, now) -> Workload.containers(d, "name"))
                  .wide("Images", (d, now) -> Workload.containers(d, "image"))
                  .wide("Selector", (d, now) -> Workload.selector(d)))
          .with(Trait.STATUS, Trait.GENERATION)
          .with(Subresource.ofScale());

  private static final FieldPath STRATEGY = FieldPath.SPEC.child("strategy");
  private static final FieldPath ROLLING = STRATEGY.child("rollingUpdate");

  private Deployments() {}

  private static String ready(KubeObject deployment) {
    return deployment.status().number(0, "readyReplicas")
        + "/"
        + deployment.spec().number(0, "replicas");
  }

  @Override
  public KubeObject defaulted(KubeObject deployment) {
    KubeObject complete = Workload.defaulted(deployment);
    complete = Workload.or(complete, "RollingUpdate", "spec", "strategy", "type");
    if (complete.spec().text("strategy", "type").equals("RollingUpdate")) {
      complete =
          Workload.or(complete, "25%", "spec", "strategy", "rollingUpdate", "maxUnavailable");
      complete = Workload.or(complete, "25%", "spec", "strategy", "rollingUpdate", "maxSurge");
    }
    complete = Workload.or(complete, 10L, "spec", "revisionHistoryLimit");
    return Workload.or(complete, 600L, "spec", "progressDeadlineSeconds");
  }

  /** Annotations are copied to replica sets, so that they are part of what is wanted. */
  @Override
  public boolean isNewGeneration(KubeObject updated, KubeObject old) {
    return !updated.spec().equals(old.spec()) || !updated.annotations().equals(old.annotations());
  }

  @Override
  public void check(KubeObject deployment, Problems problems) {
    Workload.check(deployment, problems);
    Tree spec = deployment.spec();
    checkStrategy(spec.tree("strategy"), problems);
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "revisionHistoryLimit", problems);
    Numbers.checkNotNegative(FieldPath.SPEC, spec, "progressDeadlineSeconds", problems);
    long deadline = spec.number(600, "progressDeadlineSeconds");
    if (deadline <= spec.number(0, "minReadySeconds")) {
      problems.invalid(
          FieldPath.SPEC.child("progressDeadlineSeconds"),
          deadline,
          "must be greater than minReadySeconds");
    }
  }

  private static void checkStrategy(Tree strategy, Problems problems) {
    switch (strategy.text("type")) {
      case "Recreate" -> {
        if (strategy.has("rollingUpdate")) {
          problems.forbidden(ROLLING, "may not be specified when strategy `type` is 'Recreate'");
        }
      }
      case "RollingUpdate" -> checkRolling(strategy.tree("rollingUpdate"), problems);
      default -> problems.notSupported(STRATEGY, strategy, List.of("Recreate", "RollingUpdate"));
    }
  }

  private static void checkRolling(Tree rolling, Problems problems) {
    Object unavailable = rolling.get("maxUnavailable");
    Object surge = rolling.get("maxSurge");
    FieldPath field = ROLLING.child("maxUnavailable");
    if (unavailable != null) {
      IntOrPercent.check(field, unavailable, problems);
      IntOrPercent.checkAtMostAll(field, unavailable, problems);
    }
    if (surge != null) {
      IntOrPercent.check(ROLLING.child("maxSurge"), surge, problems);
    }
    if (IntOrPercent.isZero(unavailable) && IntOrPercent.isZero(surge)) {
      problems.invalid(
          field, unavailable == null ? 0L : unavailable, "may not be 0 when `maxSurge` is 0");
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
        "observedGeneration",
        "replicas",
        "updatedReplicas",
        "readyReplicas",
        "availableReplicas",
        "unavailableReplicas",
        "collisionCount");
    Counts.checkWithinReplicas(
        updated, problems, "updatedReplicas", "readyReplicas", "availableReplicas");
    Counts.checkCollisions(updated, old, problems);
  }
}
