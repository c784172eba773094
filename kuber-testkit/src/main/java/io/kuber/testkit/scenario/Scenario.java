package io.kuber.testkit.scenario;

import io.kuber.testkit.node.stage.Stage;
import java.util.List;

/**
 * What is to happen in a cluster of simulated nodes. {@link ScenarioFile} reads one.
 *
 * @param name for people
 * @param seed decides which nodes fail and, on the virtual clock, everything else
 * @param pools the nodes
 * @param stages how pods live, before the default ones
 * @param steps what happens, one after the other
 * @param source the text that said so
 */
public record Scenario(
    String name,
    long seed,
    Clock clock,
    List<Pool> pools,
    List<Stage> stages,
    List<Step> steps,
    String source) {
  /** Copies the lists. */
  public Scenario {
    pools = List.copyOf(pools);
    stages = List.copyOf(stages);
    steps = List.copyOf(steps);
  }

  /** How many nodes there are. */
  public int nodes() {
    return pools.stream().mapToInt(Pool::count).sum();
  }

  /** The same with another seed. */
  public Scenario seeded(long other) {
    return new Scenario(name, other, clock, pools, stages, steps, source);
  }
}
