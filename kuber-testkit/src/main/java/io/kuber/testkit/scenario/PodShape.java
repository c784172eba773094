package io.kuber.testkit.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the pods of some work are like.
 *
 * @param image of their one container
 * @param cpu that they ask for
 * @param memory that they ask for
 * @param nodeSelector labels of the nodes that they want
 * @param tolerations as {@code key=value:Effect}
 * @param spread the label of nodes over which they are spread evenly; empty for none
 * @param lasting how long those of Jobs run; zero for as long as the stages say
 */
public record PodShape(
    String image,
    String cpu,
    String memory,
    Map<String, String> nodeSelector,
    List<String> tolerations,
    String spread,
    Duration lasting) {
  /** Copies what can be changed. */
  public PodShape {
    nodeSelector = Map.copyOf(nodeSelector);
    tolerations = List.copyOf(tolerations);
  }
}
