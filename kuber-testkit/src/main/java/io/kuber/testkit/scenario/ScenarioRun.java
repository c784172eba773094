package io.kuber.testkit.scenario;

import io.kuber.boot.Kuber;
import io.kuber.boot.KuberOptions;
import io.kuber.boot.Progress;
import io.kuber.loop.Loops;
import io.kuber.loop.SimulatedLoops;
import io.kuber.loop.ThreadLoops;
import io.kuber.testkit.report.Mark;
import io.kuber.testkit.report.Measurements;
import io.kuber.testkit.report.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plays a scenario in a cluster of its own, in memory: its nodes come, its steps happen one after
 * the other, and everything is measured. A step that fails is the last one.
 *
 * <p>For the thread that plays; {@link #play} returns when all is over.
 */
public final class ScenarioRun {
  /** When the virtual clock starts: midnight of a Thursday. */
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** How long thousands of nodes may take to come, on a busy machine. */
  private static final Duration UNTIL_READY = Duration.ofMinutes(5);

  /** What comes after the last step is seen too. */
  private static final Duration AFTERWARDS = Duration.ofMillis(500);

  private final Scenario scenario;
  private final Progress progress;
  private final Watcher watcher;
  private final List<Mark> marks = new ArrayList<>();

  private ScenarioRun(Scenario scenario, Progress progress, Watcher watcher) {
    this.scenario = scenario;
    this.progress = progress;
    this.watcher = watcher;
  }

  /** Gets to see the observation of a run once it has begun; may use it from any thread. */
  @FunctionalInterface
  public interface Watcher {
    /** Whom nothing is shown. */
    Watcher NOBODY = observation -> {};

    /** The run begins. */
    void begins(Observation observation);
  }

  /**
   * What came of it.
   *
   * @param failure why it ended too early; empty when all steps were played
   */
  public record Outcome(Measurements measured, Optional<String> failure) {}

  /**
   * Plays it.
   *
   * @param progress is told of each step
   * @throws BadScenarioException when there is too little memory for it
   */
  public static Outcome play(Scenario scenario, Progress progress, Watcher watcher)
      throws Exception {
    Weight.of(scenario).check(Runtime.getRuntime().maxMemory());
    return new ScenarioRun(scenario, progress, watcher).play();
  }

  private Outcome play() throws Exception {
    if (scenario.clock() == Clock.VIRTUAL) {
      SimulatedLoops loops = new SimulatedLoops(scenario.seed(), START);
      return play(loops, Passage.virtual(loops));
    }
    try (Loops loops = new ThreadLoops()) {
      Passage passage = Passage.real(loops);
      return play(null, passage);
    }
  }

  private Outcome play(@Nullable Loops given, Passage passage) throws Exception {
    ScenarioHalf half = new ScenarioHalf(scenario);
    KuberOptions options = KuberOptions.inMemory().with(half);
    try (Kuber kuber = Kuber.start(given == null ? options : options.on(given))) {
      watcher.begins(half.running().observation());
      Arena arena = new Arena(kuber.client(), half.running(), passage);
      Loops seeded = new SimulatedLoops(scenario.seed(), START);
      Player player = new Player(arena, new Outages(arena, scenario, seeded.entropy()));
      Optional<String> failure = steps(player, arena);
      arena.pass(AFTERWARDS);
      arena.observation().sample();
      return new Outcome(measured(arena.observation()), failure);
    }
  }

  private Optional<String> steps(Player player, Arena arena) throws Exception {
    Step nodes = new Step.Wait(Until.NODES_READY, "", UNTIL_READY);
    String text = "register %,d nodes".formatted(scenario.nodes());
    Optional<String> failure = step(player, arena, nodes, text);
    for (Step step : scenario.steps()) {
      if (failure.isPresent()) {
        break;
      }
      failure = step(player, arena, step, step.text());
    }
    return failure;
  }

  private Optional<String> step(Player player, Arena arena, Step step, String text)
      throws Exception {
    double from = arena.observation().census().now();
    Optional<String> failure = Optional.empty();
    String outcome;
    try {
      outcome = progress.step(text, () -> player.play(step));
    } catch (StepFailedException failed) {
      outcome = String.valueOf(failed.getMessage());
      failure = Optional.of(text + ": " + outcome);
    }
    double to = arena.observation().census().now();
    marks.add(new Mark(marks.size() + 1, from, to, text, outcome, failure.isPresent()));
    return failure;
  }

  private Measurements measured(Observation observation) {
    return new Measurements(
        scenario.name(),
        Surroundings.of(scenario, observation),
        marks,
        observation.samples(),
        observation.census().scheduled(),
        observation.census().started(),
        scenario.clock() == Clock.VIRTUAL ? Map.of() : observation.requests(),
        scenario.source());
  }
}
