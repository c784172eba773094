package io.kuber.scheduler.plugin;

import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * A node that has the images already starts the pod sooner; an image that few nodes have counts
 * little, lest all pods go there.
 */
public final class ImageLocality implements Score {
  private static final long MIB = 1L << 20;

  /** Fewer bytes than this are no reason. */
  private static final long LEAST = 23 * MIB;

  /** More bytes than this in one container are no better. */
  private static final long MOST_PER_CONTAINER = 1000 * MIB;

  private record Wanted(String image, double spread) {}

  @Override
  public long weight() {
    return 1;
  }

  @Override
  public Rating prepare(PodEntry pod, ClusterState cluster, List<NodeState> able) {
    List<Wanted> wanted = new ArrayList<>(0);
    double nodes = cluster.nodes().size();
    for (String image : pod.shape().images()) {
      int having = cluster.nodesWithImage(image);
      if (having > 0) {
        wanted.add(new Wanted(image, having / nodes));
      }
    }
    long most = MOST_PER_CONTAINER * pod.shape().images().size();
    return wanted.isEmpty() ? Rating.NONE : node -> score(bytes(wanted, node), most);
  }

  private static long bytes(List<Wanted> wanted, NodeState node) {
    long sum = 0;
    for (Wanted one : wanted) {
      Long size = node.image(one.image());
      sum += size == null ? 0 : (long) (size * one.spread());
    }
    return sum;
  }

  private static long score(long bytes, long most) {
    return MAX * (Math.max(LEAST, Math.min(most, bytes)) - LEAST) / (most - LEAST);
  }
}
