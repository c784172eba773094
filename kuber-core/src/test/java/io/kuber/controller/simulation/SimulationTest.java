package io.kuber.controller.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.controller.replicaset.ReplicaSetController;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The simulation itself: it repeats itself, and it finds what is wrong. */
final class SimulationTest {
  private static final String WEB =
      """
      metadata: {name: web}
      spec:
        replicas: 3
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: c, image: i}]}
      """;

  private static List<String> storyOf(long seed) {
    List<String> story = new ArrayList<>();
    Simulation cluster =
        Simulation.of(seed)
            .running(ReplicaSetController::ofReplicaSets)
            .nodes(2)
            .pods(Lots.TROUBLED, Lots.CALM);
    cluster.always("told", step -> story.add(cluster.now() + " " + step.delta().after().object()));
    cluster.create(Resources.REPLICA_SETS, WEB);
    cluster.during(Duration.ofSeconds(10), 0, List.of());
    cluster.rest(Duration.ofMinutes(1));
    return story;
  }

  @Test
  void tellsTheSameStoryFromTheSameSeed() {
    assertThat(storyOf(5)).isEqualTo(storyOf(5)).isNotEqualTo(storyOf(6)).hasSizeGreaterThan(10);
  }

  /** Remembers what it has made instead of looking. */
  private static final class Careless implements Controller {
    private boolean made;

    @Override
    public String name() {
      return "careless";
    }

    @Override
    public List<Trigger> triggers() {
      return List.of(Trigger.itself(Resources.CONFIG_MAPS));
    }

    @Override
    public Plan plan(View view, Key key, Instant now) {
      if (made || view.get(key).isEmpty()) {
        return Plan.NOTHING;
      }
      made = true;
      return Plan.of(
          new Action.Create(
              Resources.SECRETS,
              Resources.SECRETS.object("default", "").with("one-", "metadata", "generateName")));
    }
  }

  @Test
  void findsControllerThatDoesThingsTwiceWhenItDies() {
    assertThatThrownBy(() -> Seeds.each(LongStream.range(0, 100), SimulationTest::countSecrets))
        .hasMessageContaining("-Dseed=")
        .hasMessageContaining("one secret")
        .hasMessageContaining("controller: new secrets/default/one-");
  }

  private static void countSecrets(long seed) {
    Simulation cluster = Simulation.of(seed).running(Careless::new);
    cluster.always(
        "one secret", step -> assertThat(step.all(Resources.SECRETS)).hasSizeLessThanOrEqualTo(1));
    cluster.create(Resources.CONFIG_MAPS, "{metadata: {name: wish}}");
    cluster.during(Duration.ofSeconds(10), 0, List.of());
  }
}
