package io.kuber.testkit;

import io.kuber.boot.KuberOptions;
import io.kuber.testkit.chaos.Faults;
import io.kuber.testkit.cluster.SimulatedHalf;
import io.kuber.testkit.node.Behaviour;
import io.kuber.testkit.node.NodeSettings;
import io.kuber.testkit.node.script.PodScript;
import io.kuber.testkit.node.stage.Stage;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a test chooses of its cluster.
 *
 * <pre>{@code
 * TestClusterOptions.DEFAULT
 *     .withNodes(NodeSettings.of(3), NodeSettings.pool("gpu", 1).tainted("gpu:NoSchedule"))
 *     .with(PodScript.of(Match.label("app", "web")).startingSlowly(Duration.ofSeconds(5)));
 * }</pre>
 *
 * @param nodes the groups of simulated nodes; without any, pods stay pending
 * @param behaviour what the pods of all nodes do, before what those of single groups do
 * @param controllers who decides by himself
 * @param start the objects that the cluster begins with
 * @param seed from which faults are drawn
 */
public record TestClusterOptions(
    List<NodeSettings> nodes,
    Behaviour behaviour,
    ControllerChoice controllers,
    Snapshot start,
    long seed) {
  /** No nodes, all controllers, and the objects of every new cluster. */
  public static final TestClusterOptions DEFAULT =
      new TestClusterOptions(
          List.of(), Behaviour.PLAIN, ControllerChoice.ALL, Snapshot.EMPTY, Faults.SEED);

  /** Copies the groups. */
  public TestClusterOptions {
    nodes = List.copyOf(nodes);
  }

  /** The same with so many nodes. */
  public TestClusterOptions withNodes(int count) {
    return count == 0 ? withNodes() : withNodes(NodeSettings.of(count));
  }

  /** The same with these groups of nodes. */
  public TestClusterOptions withNodes(NodeSettings... groups) {
    return new TestClusterOptions(List.of(groups), behaviour, controllers, start, seed);
  }

  /** The same with pods that behave otherwise. */
  public TestClusterOptions with(Behaviour other) {
    return new TestClusterOptions(nodes, other, controllers, start, seed);
  }

  /** The same with a further script for pods. */
  public TestClusterOptions with(PodScript script) {
    return with(behaviour.with(script));
  }

  /** The same with further stages in the life of pods. */
  public TestClusterOptions with(List<Stage> stages) {
    return with(behaviour.with(stages));
  }

  /** The same with these controllers; see {@link ControllerChoice}. */
  public TestClusterOptions withControllers(String... words) {
    return new TestClusterOptions(nodes, behaviour, ControllerChoice.of(words), start, seed);
  }

  /** The same with other objects to begin with. */
  public TestClusterOptions from(Snapshot snapshot) {
    return new TestClusterOptions(nodes, behaviour, controllers, snapshot, seed);
  }

  /** The same with another seed, such as one that was printed when a test failed. */
  public TestClusterOptions withSeed(long other) {
    return new TestClusterOptions(nodes, behaviour, controllers, start, other);
  }

  /** The nodes as a half of the cluster, whose troubles are told to {@code journal}. */
  SimulatedHalf half(Consumer<String> journal) {
    return new SimulatedHalf(
        nodes.stream().map(group -> group.with(behaviour.before(group.behaviour()))).toList(),
        journal);
  }

  KuberOptions embedded() {
    return KuberOptions.inMemory(start.image()).pausing(controllers.paused());
  }
}
