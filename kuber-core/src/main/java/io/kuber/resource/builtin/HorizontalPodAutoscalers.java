package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;

/** {@code autoscaling/v2 HorizontalPodAutoscaler}. */
final class HorizontalPodAutoscalers implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.HORIZONTAL_POD_AUTOSCALERS,
              new HorizontalPodAutoscalers(),
              Columns.none()
                  .name()
                  .text("Reference", (scaler, now) -> reference(scaler))
                  .text("Targets", (scaler, now) -> MetricsColumn.targets(scaler))
                  .text("MinPods", (scaler, now) -> least(scaler))
                  .text("MaxPods", (scaler, now) -> number(scaler.spec(), "maxReplicas"))
                  .text("Replicas", (scaler, now) -> number(scaler.status(), "currentReplicas"))
                  .age())
          .with(Trait.STATUS);

  private static final long UTILIZATION = 80;
  private static final long PERIOD = 15;

  private static final Tree FOUR_PODS =
      Tree.of("type", "Pods", "value", 4L, "periodSeconds", PERIOD);

  private static final Tree DOUBLE =
      Tree.of("type", "Percent", "value", 100L, "periodSeconds", PERIOD);

  private HorizontalPodAutoscalers() {}

  private static String reference(KubeObject scaler) {
    Tree target = scaler.spec().tree("scaleTargetRef");
    return target.text("kind") + "/" + target.text("name");
  }

  private static String least(KubeObject scaler) {
    return scaler.spec().has("minReplicas") ? number(scaler.spec(), "minReplicas") : "<unset>";
  }

  private static String number(Tree tree, String field) {
    return Long.toString(tree.number(0, field));
  }

  @Override
  public Tree firstStatus() {
    return Tree.of("currentMetrics", Nil.NIL, "desiredReplicas", 0L);
  }

  @Override
  public KubeObject defaulted(KubeObject scaler) {
    KubeObject complete = Workload.or(scaler, 1L, "spec", "minReplicas");
    if (complete.spec().items("metrics").isEmpty()) {
      Tree target = Tree.of("type", "Utilization", "averageUtilization", UTILIZATION);
      Tree cpu = Tree.of("type", "Resource", "resource", Tree.of("name", "cpu", "target", target));
      complete = complete.with(Items.of(cpu), "spec", "metrics");
    }
    return complete.withChild(
        "spec", spec -> spec.withChild("behavior", HorizontalPodAutoscalers::complete));
  }

  /** Who says anything about how to scale gets the rest written out. */
  private static Tree complete(Tree behavior) {
    Tree up = rules(behavior.tree("scaleUp"), Items.of(FOUR_PODS, DOUBLE));
    Tree down = rules(behavior.tree("scaleDown"), Items.of(DOUBLE));
    return behavior
        .with("scaleUp", up.withDefault("stabilizationWindowSeconds", 0L))
        .with("scaleDown", down);
  }

  private static Tree rules(Tree rules, Items policies) {
    return rules.withDefault("selectPolicy", "Max").withDefault("policies", policies);
  }

  @Override
  public void check(KubeObject scaler, Problems problems) {
    AutoscalerCheck.check(scaler, problems);
  }

  @Override
  public void checkReplacement(KubeObject updated, KubeObject old, Problems problems) {
    AutoscalerCheck.checkReplacement(updated, old, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    Counts.check(updated, problems, "currentReplicas", "desiredReplicas");
  }
}
