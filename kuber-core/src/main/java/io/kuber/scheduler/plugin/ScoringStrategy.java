package io.kuber.scheduler.plugin;

import io.kuber.scheduler.state.Amounts;
import io.kuber.scheduler.state.NodeState;
import java.util.List;

/**
 * How full a node should be, once it has the pod (upstream: noderesources, LeastAllocated,
 * MostAllocated, RequestedToCapacityRatio).
 */
public sealed interface ScoringStrategy {
  /** CPU and memory alike. */
  List<Weight> CPU_AND_MEMORY = List.of(new Weight("cpu", 1), new Weight("memory", 1));

  /** How much a resource counts. */
  record Weight(String resource, long weight) {}

  /** The resources that count. */
  List<Weight> resources();

  /** The score for a resource of which the pods want so much, from 0 to {@link Score#MAX}. */
  long score(long requested, long capacity);

  /** The score of a node with the pod added; resources that it does not have do not count. */
  default long score(Amounts adds, NodeState node) {
    long sum = 0;
    long weights = 0;
    for (Weight counted : resources()) {
      long capacity = node.allocatable().of(counted.resource());
      if (capacity != 0) {
        long requested = node.scored(counted.resource()) + adds.of(counted.resource());
        sum += score(requested, capacity) * counted.weight();
        weights += counted.weight();
      }
    }
    return weights == 0 ? 0 : sum / weights;
  }

  /** The emptier the better: pods spread out. */
  record LeastAllocated(List<Weight> resources) implements ScoringStrategy {
    /** Copies the list. */
    public LeastAllocated {
      resources = List.copyOf(resources);
    }

    @Override
    public long score(long requested, long capacity) {
      return requested > capacity ? 0 : (capacity - requested) * Score.MAX / capacity;
    }
  }

  /** The fuller the better: nodes stay free. */
  record MostAllocated(List<Weight> resources) implements ScoringStrategy {
    /** Copies the list. */
    public MostAllocated {
      resources = List.copyOf(resources);
    }

    @Override
    public long score(long requested, long capacity) {
      return Math.min(requested, capacity) * Score.MAX / capacity;
    }
  }

  /**
   * By a line through given points.
   *
   * @param points in the order of their utilization
   */
  record RequestedToCapacityRatio(List<Point> points, List<Weight> resources)
      implements ScoringStrategy {
    /** Points are given up to ten. */
    private static final long SCALE = Score.MAX / 10;

    private static final long FULL = 100;

    /**
     * A score from 0 to 10 at a share in use.
     *
     * @param utilization in percent
     */
    public record Point(long utilization, long score) {}

    /** Copies the lists; there has to be a point. */
    public RequestedToCapacityRatio {
      points = List.copyOf(points);
      resources = List.copyOf(resources);
      if (points.isEmpty()) {
        throw new IllegalArgumentException("a line needs a point");
      }
    }

    @Override
    public long score(long requested, long capacity) {
      return at(requested > capacity ? FULL : requested * FULL / capacity);
    }

    private long at(long used) {
      Point left = points.get(0);
      for (Point right : points) {
        if (used <= right.utilization()) {
          long span = right.utilization() - left.utilization();
          long rise = (right.score() - left.score()) * SCALE;
          return span == 0
              ? right.score() * SCALE
              : left.score() * SCALE + rise * (used - left.utilization()) / span;
        }
        left = right;
      }
      return left.score() * SCALE;
    }

    /** Resources that score nothing do not count against the others (as upstream). */
    @Override
    public long score(Amounts adds, NodeState node) {
      long sum = 0;
      long weights = 0;
      for (Weight counted : resources) {
        long capacity = node.allocatable().of(counted.resource());
        if (capacity != 0) {
          long score =
              score(node.scored(counted.resource()) + adds.of(counted.resource()), capacity);
          sum += score * counted.weight();
          weights += score > 0 ? counted.weight() : 0;
        }
      }
      return weights == 0 ? 0 : Math.round((double) sum / weights);
    }
  }
}
