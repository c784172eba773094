package io.kuber.testkit.node;

import java.time.Duration;

/**
 * What simulated nodes are like.
 *
 * @param count how many there are
 * @param prefix their names are the prefix and a number from zero
 * @param cpu capacity, such as {@code 8}
 * @param memory capacity, such as {@code 32Gi}
 * @param pods capacity
 * @param startTime from seeing a pod until its containers run
 * @param stopTime from the wish to delete a pod until it is gone
 * @param behaviour what pods do that is out of the ordinary
 */
public record NodeSettings(
    int count,
    String prefix,
    String cpu,
    String memory,
    int pods,
    Duration startTime,
    Duration stopTime,
    Behaviour behaviour) {
  /** More nodes than this do not get addresses of their own. */
  public static final int MAX_COUNT = 30_000;

  /** Checks the count. */
  public NodeSettings {
    if (count < 0 || count > MAX_COUNT) {
      throw new IllegalArgumentException(count + " nodes are not between 0 and " + MAX_COUNT);
    }
  }

  /** So many nodes of 8 CPUs, 32 GiB and 110 pods, which start and stop pods within a second. */
  public static NodeSettings of(int count) {
    return new NodeSettings(
        count,
        "node-",
        "8",
        "32Gi",
        110,
        Duration.ofMillis(500),
        Duration.ofMillis(500),
        Behaviour.PLAIN);
  }

  /** The same with pods that behave otherwise. */
  public NodeSettings with(Behaviour other) {
    return new NodeSettings(count, prefix, cpu, memory, pods, startTime, stopTime, other);
  }

  /** The name of the node with that number. */
  public String name(int number) {
    return prefix + number;
  }
}
