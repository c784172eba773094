package io.kuber.scheduler;

import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.PodEntry;
import java.time.InstantSource;

/** Tells the queue what happened to the cluster. Owned by the scheduler's loop. */
final class Wakeup {
  private final PodQueue queue;
  private final ClusterState cluster;
  private final InstantSource clock;

  Wakeup(PodQueue queue, ClusterState cluster, InstantSource clock) {
    this.queue = queue;
    this.cluster = cluster;
    this.clock = clock;
  }

  void happened(Happening what) {
    queue.happened(what, cluster, clock.instant());
  }

  void podCame(PodEntry pod, String nodeName) {
    var node = cluster.node(nodeName);
    if (node != null) {
      happened(new Happening.PodCame(pod, node));
    }
  }

  void podLeft(PodEntry pod, String nodeName) {
    var node = cluster.node(nodeName);
    if (node != null) {
      happened(new Happening.PodLeft(pod, node));
    }
  }
}
