package io.kuber.controller.clusterroleaggregation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which rules a role gathers. */
class AggregationPlannerTest {
  private static final Tree PODS = rule("pods");
  private static final Tree NODES = rule("nodes");
  private static final KubeObject GATHERER =
      role("all", "on", PODS)
          .with(
              Yaml.parse("clusterRoleSelectors: [{matchLabels: {to: 'on'}}]".getBytes(UTF_8)),
              "aggregationRule");

  private static Tree rule(String resource) {
    return Tree.of(
        "verbs", Items.of("get"), "apiGroups", Items.of(""), "resources", Items.of(resource));
  }

  private static KubeObject role(String name, String label, Tree... rules) {
    return Resources.CLUSTER_ROLES
        .object("", name)
        .with(label, "metadata", "labels", "to")
        .with(Items.of((Object[]) rules), "rules");
  }

  private static Plan plan(KubeObject... others) {
    return AggregationPlanner.plan(GATHERER, List.of(others));
  }

  private static Plan replacing(Tree... rules) {
    KubeObject wanted = GATHERER.with(Items.of((Object[]) rules), "rules");
    return Plan.of(new Action.Update(Resources.CLUSTER_ROLES, wanted));
  }

  @Test
  void takesTheRulesOfThoseWithTheLabelOnceEach() {
    assertThat(
            plan(role("a", "on", NODES, PODS), role("b", "off", rule("x")), role("c", "on", PODS)))
        .isEqualTo(replacing(NODES, PODS));
  }

  @Test
  void losesWhatNobodyHasAnyMore() {
    assertThat(plan(role("a", "off", PODS), GATHERER)).isEqualTo(replacing());
  }

  @Test
  void doesNothingWhenTheRulesAreThere() {
    assertThat(plan(role("a", "on", PODS))).isEqualTo(Plan.NOTHING);
  }
}
