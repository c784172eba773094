package io.kuber.controller.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.simulation.Lots;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A namespace goes after all that is in it, and nothing else goes, whatever goes wrong. */
final class NamespaceSimulationTest {
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(4);
  private static final List<ResourceType> HELD =
      List.of(Resources.CONFIG_MAPS, Resources.SECRETS, Resources.PODS);
  private static final String HOLD = "example.com/hold";

  private static Simulation cluster(long seed) {
    Simulation cluster =
        Simulation.of(seed)
            .running(() -> new NamespaceController(Simulation::types))
            .pods(Lots.TROUBLED, Lots.CALM)
            .nodes(2);
    cluster.create(Resources.NAMESPACES, "{metadata: {name: team}}");
    for (String namespace : List.of("team", "default")) {
      for (int i = 0; i < 4; i++) {
        cluster.create(
            Resources.CONFIG_MAPS,
            "{metadata: {namespace: %s, name: m%d}}".formatted(namespace, i));
        cluster.create(
            Resources.PODS,
            "{metadata: {namespace: %s, name: p%d}, spec: {containers: [{name: c, image: i}]}}"
                .formatted(namespace, i));
      }
    }
    return cluster;
  }

  /** Refused when the namespace is on its way out, or gone. */
  private static void add(Simulation cluster) {
    Items finalizers = cluster.below(3) == 0 ? Items.of(HOLD) : Items.EMPTY;
    KubeObject made =
        Resources.CONFIG_MAPS
            .object("team", "")
            .with("late-", "metadata", "generateName")
            .with(finalizers, "metadata", "finalizers");
    cluster.people().create(Resources.CONFIG_MAPS, made);
  }

  private static void deleteNamespace(Simulation cluster) {
    cluster
        .find(Resources.NAMESPACES, "team")
        .ifPresent(team -> cluster.delete(Resources.NAMESPACES, team, -1));
  }

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          NamespaceSimulationTest::add,
          NamespaceSimulationTest::add,
          NamespaceSimulationTest::deleteNamespace);

  private static List<KubeObject> held(Simulation cluster) {
    return HELD.stream()
        .flatMap(type -> cluster.list(type).stream())
        .filter(object -> object.namespace().equals("team"))
        .toList();
  }

  @Test
  void goesAfterAllThatIsInIt() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed);
          cluster.always("nothing lives in what is gone", NamespaceSimulationTest::hasPlace);
          cluster.always("others keep theirs", NamespaceSimulationTest::onlyOfTeam);
          cluster.during(TROUBLE, 12, DEEDS);
          deleteNamespace(cluster);
          cluster.rest(REST);
          cluster.conclude(() -> checkHeld(cluster));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
          held(cluster).forEach(object -> release(cluster, object));
          cluster.rest(REST);
          assertThat(cluster.find(Resources.NAMESPACES, "team")).isEmpty();
          assertThat(held(cluster)).isEmpty();
        });
  }

  private static void hasPlace(Step step) {
    List<String> namespaces =
        step.all(Resources.NAMESPACES).stream().map(KubeObject::name).toList();
    for (ResourceType type : HELD) {
      assertThat(step.all(type)).extracting(KubeObject::namespace).isSubsetOf(namespaces);
    }
  }

  private static void onlyOfTeam(Step step) {
    if (step.byController() && step.deletes()) {
      String namespace = step.delta().key().namespace();
      assertThat(namespace.isEmpty() ? step.delta().key().name() : namespace).isEqualTo("team");
    }
  }

  /** What is left is held by its finalizer, and the namespace says so. */
  private static void checkHeld(Simulation cluster) {
    List<KubeObject> left = held(cluster);
    Optional<KubeObject> team = cluster.find(Resources.NAMESPACES, "team");
    assertThat(team.isPresent()).isEqualTo(!left.isEmpty());
    assertThat(left).allMatch(object -> object.finalizers().contains(HOLD));
    if (team.isPresent()) {
      Condition why =
          Condition.find(team.get().status(), "NamespaceFinalizersRemaining").orElseThrow();
      assertThat(why.isTrue()).isTrue();
      assertThat(why.tree().text("message"))
          .endsWith("%s in %d resource instances".formatted(HOLD, left.size()));
    }
  }

  private static void release(Simulation cluster, KubeObject held) {
    cluster.people().update(Resources.CONFIG_MAPS, held.without("metadata", "finalizers"));
  }
}
