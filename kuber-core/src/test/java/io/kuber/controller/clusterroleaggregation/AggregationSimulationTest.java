package io.kuber.controller.clusterroleaggregation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Roles that gather from roles that gather: what one part loses, nobody has in the end, whatever
 * goes wrong; and a role that no longer gathers keeps what people wrote.
 */
final class AggregationSimulationTest {
  private static final ResourceType ROLES = Resources.CLUSTER_ROLES;
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(4);
  private static final int PARTS = 6;

  /** Each gathers from those before it, and from parts. */
  private static final List<String> GATHERERS = List.of("view", "edit", "admin");

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          AggregationSimulationTest::createPart,
          AggregationSimulationTest::createPart,
          cluster -> changePart(cluster, part -> part.with(Items.of(rule(cluster)), "rules")),
          cluster -> changePart(cluster, part -> part.with(labels(cluster), "metadata", "labels")),
          AggregationSimulationTest::deletePart,
          cluster -> changeGatherer(cluster, role -> role.with(Items.of(rule(cluster)), "rules")),
          cluster -> changeGatherer(cluster, role -> role.without("aggregationRule")),
          cluster -> changeGatherer(cluster, role -> gathering(role, role.name())),
          AggregationSimulationTest::settleByHand);

  private static Tree rule(Simulation cluster) {
    return Tree.of(
        "verbs", Items.of("get"),
        "apiGroups", Items.of(""),
        "resources", Items.of("kind-" + cluster.below(4)));
  }

  private static Tree labels(Simulation cluster) {
    return Tree.of(
        "to-" + GATHERERS.get(cluster.below(3)),
        "true",
        "to-" + GATHERERS.get(cluster.below(3)),
        "true");
  }

  /** Refused when it is there. */
  private static void createPart(Simulation cluster) {
    KubeObject part =
        ROLES
            .object("", "part-" + cluster.below(PARTS))
            .with(labels(cluster), "metadata", "labels")
            .with(Items.of(rule(cluster), rule(cluster)), "rules");
    cluster.people().create(ROLES, part);
  }

  private static List<KubeObject> roles(Simulation cluster, boolean parts) {
    return cluster.list(ROLES).stream()
        .filter(role -> role.name().startsWith("part-") == parts)
        .toList();
  }

  private static void changePart(Simulation cluster, UnaryOperator<KubeObject> changed) {
    cluster
        .any(roles(cluster, true))
        .ifPresent(part -> cluster.people().update(ROLES, changed.apply(part)));
  }

  private static void deletePart(Simulation cluster) {
    cluster
        .any(roles(cluster, true))
        .ifPresent(part -> cluster.people().delete(ROLES, "", part.name(), DeleteOptions.DEFAULT));
  }

  private static void changeGatherer(Simulation cluster, UnaryOperator<KubeObject> changed) {
    cluster
        .any(roles(cluster, false))
        .ifPresent(role -> cluster.people().update(ROLES, changed.apply(role)));
  }

  /** Takes one that gathers and gives it rules of its own. */
  private static void settleByHand(Simulation cluster) {
    changeGatherer(
        cluster, role -> role.without("aggregationRule").with(Items.of(rule(cluster)), "rules"));
  }

  private static KubeObject gathering(KubeObject role, String label) {
    Tree selector = Tree.of("matchLabels", Tree.of("to-" + label, "true"));
    return role.with(Tree.of("clusterRoleSelectors", Items.of(selector)), "aggregationRule");
  }

  private static Simulation cluster(long seed) {
    Simulation cluster = Simulation.of(seed).running(AggregationController::new);
    for (int i = 0; i < GATHERERS.size(); i++) {
      KubeObject role = gathering(ROLES.object("", GATHERERS.get(i)), GATHERERS.get(i));
      boolean isLast = i == GATHERERS.size() - 1;
      KubeObject labelled =
          isLast ? role : role.with("true", "metadata", "labels", "to-" + GATHERERS.get(i + 1));
      cluster.people().create(ROLES, labelled);
    }
    return cluster;
  }

  @Test
  void comesToTheRulesOfAllParts() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed);
          Map<String, KubeObject> known = new HashMap<>();
          cluster.always("only rules of gatherers", step -> onlyRules(step, known));
          cluster.during(TROUBLE, 30, DEEDS);
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  /** All else stays as people wrote it, and so does the whole role when it gathers no more. */
  private static void onlyRules(Step step, Map<String, KubeObject> known) {
    KubeObject role = step.delta().after().object();
    if (step.byController()) {
      KubeObject before = known.getOrDefault(role.uid(), role);
      assertThat(role.tree().tree("aggregationRule").isEmpty()).isFalse();
      assertThat(role.tree().tree("aggregationRule"))
          .isEqualTo(before.tree().tree("aggregationRule"));
      assertThat(role.labels()).isEqualTo(before.labels());
    }
    known.put(role.uid(), role);
  }

  private static void check(Simulation cluster) {
    for (KubeObject role : roles(cluster, false)) {
      if (role.tree().has("aggregationRule")) {
        assertThat(role.tree().items("rules").trees())
            .as(role.name())
            .containsExactlyElementsOf(gathered(cluster, role.name()));
      }
    }
  }

  private static Set<Tree> gathered(Simulation cluster, String name) {
    Set<Tree> rules = new LinkedHashSet<>();
    for (KubeObject other : cluster.list(ROLES)) {
      if (!other.name().equals(name) && other.labels().containsKey("to-" + name)) {
        rules.addAll(other.tree().items("rules").trees());
      }
    }
    return rules;
  }
}
