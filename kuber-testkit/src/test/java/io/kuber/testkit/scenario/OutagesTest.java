package io.kuber.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.boot.Kuber;
import io.kuber.boot.KuberOptions;
import io.kuber.loop.SimulatedLoops;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waiting for nodes, when others than those of the scenario are in trouble, too. */
final class OutagesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
  private final Scenario scenario =
      ScenarioFile.parse(
          "outage.yaml",
          """
          clock: virtual
          nodes: [{pool: a, count: 3}, {pool: b, count: 2}]
          steps: [{pause: 1s}]
          """);
  private final ScenarioHalf half = new ScenarioHalf(scenario);
  private final Kuber kuber;
  private final Arena arena;
  private final Player player;

  OutagesTest() throws Exception {
    kuber = Kuber.start(KuberOptions.inMemory().with(half).on(loops));
    arena = new Arena(kuber.client(), half.running(), Passage.virtual(loops));
    player = new Player(arena, new Outages(arena, scenario, loops.entropy()));
  }

  @BeforeEach
  void awaitNodes() throws Exception {
    await(Until.NODES_READY);
  }

  @AfterEach
  void close() {
    kuber.close();
  }

  private void await(Until until) throws Exception {
    player.play(new Step.Wait(until, "", PATIENCE));
  }

  private boolean isReady(String node) {
    return arena.all(Resources.NODES).stream()
        .filter(found -> found.name().equals(node))
        .anyMatch(found -> Condition.find(found.status(), "Ready").orElseThrow().isTrue());
  }

  /** As a node does whose lease is late because the machine is busy. */
  private void loseOneThatTheScenarioDoesNotKnowOf() {
    arena.silence("b-0");
    loops.advance(Duration.ofMinutes(2));
    assertThat(isReady("b-0")).isFalse();
  }

  @Test
  void waitsForThoseThatWereTakenAwayAndNotForAsManyOthers() throws Exception {
    loseOneThatTheScenarioDoesNotKnowOf();
    player.play(new Step.Fail(new NodeChoice(1, "a", "")));
    await(Until.NODES_LOST);
    assertThat(Stream.of("a-0", "a-1", "a-2").filter(node -> !isReady(node))).hasSize(1);
  }

  @Test
  void waitsForAllOthersAndNotForAsMany() throws Exception {
    loseOneThatTheScenarioDoesNotKnowOf();
    player.play(new Step.Fail(new NodeChoice(1, "a", "")));
    loops.loop("electrician").schedule(Duration.ofSeconds(10), () -> arena.revive("b-0"));
    await(Until.NODES_READY);
    assertThat(isReady("b-0")).isTrue();
  }
}
