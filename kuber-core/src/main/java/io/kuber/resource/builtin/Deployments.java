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
import io.kuber.resource.check.Numbers;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    Numbers.checkOneOf(STRATEGY, strategy, "type", List.of("Recreate", "RollingUpdate"), problems);
    if (strategy.text("type").equals("Recreate")) {
      if (strategy.has("rollingUpdate")) {
        problems.forbidden(ROLLING, "may not be specified when strategy `type` is 'Recreate'");
      }
      return;
    }
    Tree rolling = strategy.tree("rollingUpdate");
    checkAmount(rolling, "maxUnavailable", problems);
    checkAmount(rolling, "maxSurge", problems);
    if (isZero(rolling.get("maxUnavailable")) && isZero(rolling.get("maxSurge"))) {
      problems.invalid(
          ROLLING.child("maxUnavailable"),
          String.valueOf(rolling.get("maxUnavailable")),
          "may not be 0 when `maxSurge` is 0");
    }
  }

  private static void checkAmount(Tree rolling, String name, Problems problems) {
    if (rolling.get(name) instanceof String text && !text.matches("[0-9]+%")) {
      problems.invalid(
          ROLLING.child(name),
          text,
          "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%', "
              + " or '93%', regex used for validation is '[0-9]+%')");
    }
    Numbers.checkNotNegative(ROLLING, rolling, name, problems);
  }

  private static boolean isZero(@Nullable Object amount) {
    return amount == null || amount.toString().matches("0+%?");
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    Workload.checkUpdate(updated, old, problems);
  }
}
