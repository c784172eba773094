package io.kuber.testkit.node;

import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.testkit.time.VirtualCluster;
import io.kuber.view.Pods;
import java.util.List;

/** The pods of the namespace {@code default} that take traffic. */
final class ReadyPods {
  private ReadyPods() {}

  static List<KubeObject> of(VirtualCluster cluster) {
    return cluster.list(Resources.PODS, "default").stream()
        .filter(pod -> Pods.isReady(pod) && !pod.isBeingDeleted())
        .toList();
  }
}
