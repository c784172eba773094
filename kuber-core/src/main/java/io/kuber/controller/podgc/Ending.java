package io.kuber.controller.podgc;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import java.util.List;
import java.util.Optional;

/** How a pod ends of which no node will tell (upstream: markFailedAndDeletePodWithCondition). */
final class Ending {
  private Ending() {}

  /**
   * Fails the pod if it has not ended, for whoever holds it or counts it, and deletes it at once.
   */
  static List<Action> of(KubeObject pod, Optional<Condition> why) {
    Action delete =
        new Action.Delete(
            Resources.PODS, pod.namespace(), pod.name(), new DeleteOptions(0, "", pod.uid(), ""));
    if (Pods.isFinished(pod)) {
      return List.of(delete);
    }
    Tree status = why.map(reason -> reason.putInto(pod.status())).orElse(pod.status());
    KubeObject failed = pod.with(status.with("phase", "Failed"), "status");
    return List.of(Action.updateStatus(Resources.PODS, failed), delete);
  }
}
