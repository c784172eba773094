package io.kuber.controller.replicaset;

import io.kuber.object.KubeObject;
import java.util.List;

/**
 * The pods that matter to a ReplicaSet.
 *
 * @param active its own that are and stay
 * @param related the active pods of all ReplicaSets with the same controller
 * @param terminating how many of its own are on their way out
 */
record Members(List<KubeObject> active, List<KubeObject> related, long terminating) {
  Members {
    active = List.copyOf(active);
    related = List.copyOf(related);
  }
}
