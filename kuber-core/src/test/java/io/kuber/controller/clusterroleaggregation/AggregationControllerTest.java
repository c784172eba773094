package io.kuber.controller.clusterroleaggregation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roles that gather the rules of others. */
final class AggregationControllerTest {
  private final ControlPlane cluster = new ControlPlane(new AggregationController());

  @BeforeEach
  void gather() {
    cluster.create(
        Resources.CLUSTER_ROLES,
        """
        metadata: {name: all}
        aggregationRule: {clusterRoleSelectors: [{matchLabels: {to: all}}]}
        """);
    part("pods", "all");
    part("secrets", "nobody");
    part("nodes", "all");
  }

  private void part(String resource, String label) {
    cluster.create(
        Resources.CLUSTER_ROLES,
        """
        metadata: {name: %s, labels: {to: %s}}
        rules: [{verbs: [get], apiGroups: [''], resources: [%1$s]}]
        """
            .formatted(resource, label));
  }

  private Items rules() {
    return cluster.get(Resources.CLUSTER_ROLES, "all").orElseThrow().tree().items("rules");
  }

  private Items rulesOf(String name) {
    return cluster.get(Resources.CLUSTER_ROLES, name).orElseThrow().tree().items("rules");
  }

  @Test
  void haveTheRulesOfAllThatTheySelect() {
    assertThat(rules()).containsExactlyInAnyOrder(rulesOf("pods").get(0), rulesOf("nodes").get(0));
  }

  @Test
  void loseTheRulesOfThoseThatAreGone() {
    KubeObject nodes = cluster.get(Resources.CLUSTER_ROLES, "nodes").orElseThrow();
    cluster.delete(Resources.CLUSTER_ROLES, nodes, "Background");
    assertThat(rules()).containsExactly(rulesOf("pods").get(0));
  }
}
