package io.kuber.controller.storageprotection;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.Pods;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets a claim that is being deleted go once no pod on a node mounts it. Pods that wait for a node
 * do not count: none of them can be started with it.
 */
public final class ClaimProtectionController implements Controller {
  private static final String FINALIZER = "kubernetes.io/pvc-protection";

  @Override
  public String name() {
    return "pvc-protection-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.PERSISTENT_VOLUME_CLAIMS),
        Trigger.on(Resources.PODS, ClaimProtectionController::ofPod));
  }

  /** The claims of a pod that are being deleted; what pods do meanwhile concerns no other. */
  private static void ofPod(Change change, View view, Consumer<Key> sink) {
    for (KubeObject pod : change.states()) {
      for (Tree volume : pod.spec().items("volumes").trees()) {
        String name = claim(pod, volume);
        if (!name.isEmpty()) {
          Key key = Resources.PERSISTENT_VOLUME_CLAIMS.key(pod.namespace(), name);
          view.get(key).filter(KubeObject::isBeingDeleted).ifPresent(claim -> sink.accept(key));
        }
      }
    }
  }

  /** The name of the claim behind a volume of a pod; empty where there is none. */
  private static String claim(KubeObject pod, Tree volume) {
    return volume.has("ephemeral")
        ? pod.name() + "-" + volume.text("name")
        : volume.text("persistentVolumeClaim", "claimName");
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .map(
            claim ->
                Protection.plan(
                    Resources.PERSISTENT_VOLUME_CLAIMS,
                    claim,
                    FINALIZER,
                    claim.isBeingDeleted() && isUsed(view, claim)))
        .orElse(Plan.NOTHING);
  }

  private static boolean isUsed(View view, KubeObject claim) {
    return view.list(Resources.PODS, claim.namespace()).stream()
        .filter(pod -> !Pods.nodeName(pod).isEmpty())
        .anyMatch(pod -> mounts(pod, claim));
  }

  private static boolean mounts(KubeObject pod, KubeObject claim) {
    return pod.spec().items("volumes").trees().stream()
        .filter(volume -> claim(pod, volume).equals(claim.name()))
        .anyMatch(volume -> !volume.has("ephemeral") || isOwn(pod, claim));
  }

  /** A claim that was made for the pod has to be gone before a pod that ends at once is. */
  private static boolean isOwn(KubeObject pod, KubeObject claim) {
    boolean isShutDown =
        pod.isBeingDeleted() && pod.metadata().number(-1, "deletionGracePeriodSeconds") == 0;
    return !isShutDown
        && claim.controller().filter(owner -> owner.uid().equals(pod.uid())).isPresent();
  }
}
