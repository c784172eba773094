package io.kuber.controller.ephemeralvolume;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.Pods;
import io.kuber.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the claims that a pod's ephemeral volumes stand for, where they are missing. */
public final class EphemeralVolumeController implements Controller {
  private static final String EPHEMERAL = "ephemeral";
  private static final String TEMPLATE = "volumeClaimTemplate";

  @Override
  public String name() {
    return "ephemeral-volume-controller";
  }

  @Override
  public String reporter() {
    return "ephemeral_volume";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.on(
            Resources.PODS,
            (change, view, sink) -> {
              if (hasAny(change.after())) {
                sink.accept(change.key());
              }
            }),
        Trigger.controllerOf(Resources.PERSISTENT_VOLUME_CLAIMS, Resources.PODS));
  }

  private static boolean hasAny(KubeObject pod) {
    return pod.spec().items("volumes").trees().stream().anyMatch(v -> v.has(EPHEMERAL));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .filter(pod -> !pod.isBeingDeleted() && !Pods.isFinished(pod))
        .map(pod -> plan(view, pod))
        .orElse(Plan.NOTHING);
  }

  private static Plan plan(View view, KubeObject pod) {
    List<Action> actions = new ArrayList<>();
    for (Tree volume : pod.spec().items("volumes").trees()) {
      if (volume.has(EPHEMERAL)) {
        String name = pod.name() + "-" + volume.text("name");
        Optional<KubeObject> there =
            view.get(Resources.PERSISTENT_VOLUME_CLAIMS, pod.namespace(), name);
        actionFor(pod, volume, name, there).ifPresent(actions::add);
      }
    }
    return Plan.builder().together(actions).build();
  }

  /** What to do about one volume. Pure. */
  static Optional<Action> actionFor(
      KubeObject pod, Tree volume, String name, Optional<KubeObject> there) {
    if (there.isEmpty()) {
      return Optional.of(
          new Action.Create(
              Resources.PERSISTENT_VOLUME_CLAIMS,
              claim(pod, name, volume.tree(EPHEMERAL, TEMPLATE))));
    }
    boolean isOwn =
        there.get().controller().filter(owner -> owner.uid().equals(pod.uid())).isPresent();
    String why =
        "PVC %s/%s was not created for pod %s/%s (pod is not owner)"
            .formatted(pod.namespace(), name, pod.namespace(), pod.name());
    return isOwn
        ? Optional.empty()
        : Optional.of(
            new Action.Emit(
                Note.warning(pod, "EphemeralBindingFailed", "ephemeral volume: " + why)));
  }

  private static KubeObject claim(KubeObject pod, String name, Tree template) {
    Tree owner =
        Tree.of(
            "apiVersion",
            pod.apiVersion(),
            "kind",
            pod.kind(),
            "name",
            pod.name(),
            "uid",
            pod.uid(),
            "controller",
            true,
            "blockOwnerDeletion",
            true);
    KubeObject claim = Resources.PERSISTENT_VOLUME_CLAIMS.object(pod.namespace(), name);
    for (String field : List.of("labels", "annotations")) {
      Tree values = template.tree("metadata", field);
      claim = values.isEmpty() ? claim : claim.with(values, "metadata", field);
    }
    return claim
        .with(Items.of(owner), "metadata", "ownerReferences")
        .with(template.tree("spec"), "spec");
  }
}
