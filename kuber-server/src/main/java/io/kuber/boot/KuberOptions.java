package io.kuber.boot;

import io.kuber.loop.Loops;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the owner of an embedded cluster chooses.
 *
 * @param dataDir where everything that lasts is kept; empty for a cluster that lives in memory
 * @param nodes what runs the pods; without it they stay pending
 * @param loops where everything runs, closed with the cluster; threads of its own where empty
 */
public record KuberOptions(
    Optional<Path> dataDir, Optional<NodeHalf> nodes, Optional<Loops> loops) {
  /** A cluster that ends with the process, without nodes. */
  public static KuberOptions inMemory() {
    return new KuberOptions(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A cluster that goes on from what the directory holds, without nodes. */
  public static KuberOptions durable(Path dataDir) {
    return new KuberOptions(Optional.of(dataDir), Optional.empty(), Optional.empty());
  }

  /** The same with nodes. */
  public KuberOptions with(NodeHalf half) {
    return new KuberOptions(dataDir, Optional.of(half), loops);
  }

  /** The same on other loops: those of a simulation have a clock of their own. */
  public KuberOptions on(Loops others) {
    return new KuberOptions(dataDir, nodes, Optional.of(others));
  }
}
