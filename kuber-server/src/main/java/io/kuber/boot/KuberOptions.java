package io.kuber.boot;

import com.google.common.collect.ImmutableSet;
import io.kuber.loop.Loops;
import io.kuber.store.TreeImage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What the owner of an embedded cluster chooses.
 *
 * @param dataDir where everything that lasts is kept; empty for a cluster that lives in memory
 * @param nodes what runs the pods; without it they stay pending
 * @param loops where everything runs, closed with the cluster; threads of its own where empty
 * @param image the objects that a cluster in memory begins with
 * @param paused those of {@link Deciders#NAMES} that do nothing by themselves
 * @param wire what lies between clients and the API
 * @param observer knows of all requests and changes
 */
public record KuberOptions(
    Optional<Path> dataDir,
    Optional<NodeHalf> nodes,
    Optional<Loops> loops,
    TreeImage image,
    Set<String> paused,
    Wire wire,
    Observer observer) {
  /** Checks that the choices go together. */
  public KuberOptions {
    paused = ImmutableSet.copyOf(paused);
    paused.forEach(Deciders::check);
    if (dataDir.isPresent() && image != TreeImage.EMPTY) {
      throw new IllegalArgumentException("a durable cluster begins with what its directory holds");
    }
  }

  /** A cluster that ends with the process, without nodes. */
  public static KuberOptions inMemory() {
    return inMemory(TreeImage.EMPTY);
  }

  /** The same, going on from an image of another one. */
  public static KuberOptions inMemory(TreeImage image) {
    return new KuberOptions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        image,
        Set.of(),
        Wire.DIRECT,
        Observer.NONE);
  }

  /** A cluster that goes on from what the directory holds, without nodes. */
  public static KuberOptions durable(Path dataDir) {
    return new KuberOptions(
        Optional.of(dataDir),
        Optional.empty(),
        Optional.empty(),
        TreeImage.EMPTY,
        Set.of(),
        Wire.DIRECT,
        Observer.NONE);
  }

  /** The same with nodes. */
  public KuberOptions with(NodeHalf half) {
    return new KuberOptions(dataDir, Optional.of(half), loops, image, paused, wire, observer);
  }

  /** The same on other loops: those of a simulation have a clock of their own. */
  public KuberOptions on(Loops others) {
    return new KuberOptions(dataDir, nodes, Optional.of(others), image, paused, wire, observer);
  }

  /** The same with deciders that wait until they are resumed or told to take a step. */
  public KuberOptions pausing(Set<String> names) {
    return new KuberOptions(dataDir, nodes, loops, image, names, wire, observer);
  }

  /** The same with something between clients and the API. */
  public KuberOptions through(Wire other) {
    return new KuberOptions(dataDir, nodes, loops, image, paused, other, observer);
  }

  /** The same with somebody who knows of all that happens. */
  public KuberOptions observedBy(Observer other) {
    return new KuberOptions(dataDir, nodes, loops, image, paused, wire, other);
  }
}
