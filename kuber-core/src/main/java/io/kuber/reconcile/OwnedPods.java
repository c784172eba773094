package io.kuber.reconcile;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What all controllers of pods do alike with them. */
public final class OwnedPods {
  private OwnedPods() {}

  /**
   * A pod of an owner's template, controlled by the owner, with a name that the API makes of the
   * owner's (upstream: GetPodFromTemplate in pkg/controller/controller_utils.go).
   */
  public static KubeObject of(KubeObject owner, Tree template) {
    Tree.Builder metadata =
        Tree.builder()
            .put("generateName", owner.name() + "-")
            .put("namespace", owner.namespace())
            .putIfPresent("labels", template.at("metadata", "labels"))
            .putIfPresent("annotations", template.at("metadata", "annotations"))
            .putIfPresent("finalizers", template.at("metadata", "finalizers"))
            .put("ownerReferences", Items.of(OwnerReference.controllerOf(owner).toTree()));
    return KubeObject.of(
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "Pod",
            "metadata",
            metadata.build(),
            "spec",
            template.tree("spec")));
  }

  /** Has the plan look again when time alone makes the next ready pod available. */
  public static void awaitAvailability(
      List<KubeObject> pods, long minReadySeconds, Instant now, Plan.Builder plan) {
    for (KubeObject pod : pods) {
      Pods.availableFrom(pod, minReadySeconds)
          .filter(from -> from.isAfter(now))
          .ifPresent(from -> plan.againAfter(Duration.between(now, from)));
    }
  }
}
