package io.kuber.testkit;

import io.kuber.boot.KuberOptions;
import io.kuber.testkit.cluster.SimulatedHalf;
import io.kuber.testkit.node.NodeSettings;

/**
 * What a test chooses of its cluster.
 *
 * @param nodes how many simulated nodes there are; without any, pods stay pending
 * @param controllers who decides by himself
 * @param start the objects that the cluster begins with
 */
public record TestClusterOptions(int nodes, ControllerChoice controllers, Snapshot start) {
  /** No nodes, all controllers, and the objects of every new cluster. */
  public static final TestClusterOptions DEFAULT =
      new TestClusterOptions(0, ControllerChoice.ALL, Snapshot.EMPTY);

  /** Checks the count. */
  public TestClusterOptions {
    if (nodes < 0 || nodes > NodeSettings.MAX_COUNT) {
      throw new IllegalArgumentException(
          nodes + " nodes are not between 0 and " + NodeSettings.MAX_COUNT);
    }
  }

  /** The same with so many nodes. */
  public TestClusterOptions withNodes(int count) {
    return new TestClusterOptions(count, controllers, start);
  }

  /** The same with these controllers; see {@link ControllerChoice}. */
  public TestClusterOptions withControllers(String... words) {
    return new TestClusterOptions(nodes, ControllerChoice.of(words), start);
  }

  /** The same with other objects to begin with. */
  public TestClusterOptions from(Snapshot snapshot) {
    return new TestClusterOptions(nodes, controllers, snapshot);
  }

  KuberOptions embedded() {
    KuberOptions options = KuberOptions.inMemory(start.image()).pausing(controllers.paused());
    return nodes == 0 ? options : options.with(new SimulatedHalf(nodes));
  }
}
