package io.kuber.node.policy;

import com.google.common.collect.ImmutableMap;
import io.kuber.node.network.Ipv4;
import java.util.Map;

/**
 * What the pods of a node may do: a value, compared and written but never changed.
 *
 * @param sides by direction; both are there
 */
public record PolicySet(ImmutableMap<Direction, Side> sides) {
  /** Everything is allowed. */
  public static final PolicySet EMPTY = new PolicySet(Side.EMPTY, Side.EMPTY);

  /**
   * One direction.
   *
   * @param targets the addresses of the node's pods that are closed, each with its profile; pods
   *     that the same policies are about share one
   * @param profiles what is allowed nevertheless
   */
  public record Side(ImmutableMap<Ipv4, String> targets, ImmutableMap<String, Grants> profiles) {
    static final Side EMPTY = new Side(ImmutableMap.of(), ImmutableMap.of());

    Side(Map<Ipv4, String> targets, Map<String, Grants> profiles) {
      this(ImmutableMap.copyOf(targets), ImmutableMap.copyOf(profiles));
    }
  }

  PolicySet(Side ingress, Side egress) {
    this(ImmutableMap.of(Direction.INGRESS, ingress, Direction.EGRESS, egress));
  }

  /** One direction. */
  public Side side(Direction direction) {
    return sides.getOrDefault(direction, Side.EMPTY);
  }

  /** How many pods are closed in some direction. */
  public int closedPods() {
    return (int)
        sides.values().stream().flatMap(s -> s.targets().keySet().stream()).distinct().count();
  }
}
