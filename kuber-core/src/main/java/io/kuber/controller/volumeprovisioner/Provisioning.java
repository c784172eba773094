package io.kuber.controller.volumeprovisioner;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.Resources;
import java.util.Optional;

/**
 * Decides which volume is made for a claim (upstream: sig-storage-lib-external-provisioner,
 * controller.go). Pure.
 */
final class Provisioning {
  private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
  private static final String HOSTNAME = "kubernetes.io/hostname";
  private static final String FAILED = "ProvisioningFailed";

  private Provisioning() {}

  /** Plans for a claim whose volume is to be made now. */
  static Plan plan(Wish wish, Candidates candidates) {
    Optional<String> obstacle = wish.obstacle();
    if (obstacle.isPresent()) {
      return failed(wish, obstacle.get());
    }
    String selected = wish.selectedNode();
    if (selected.isEmpty()) {
      return candidates
          .anyFor(wish.storageClass())
          .map(node -> made(wish, node))
          .orElseGet(() -> failed(wish, "no node is ready to have it"));
    }
    return candidates
        .named(selected)
        .map(node -> made(wish, node))
        .orElseGet(() -> selectedAnew(wish));
  }

  private static Plan failed(Wish wish, String why) {
    return Plan.of(
        new Action.Emit(
            Note.warning(
                wish.claim(),
                FAILED,
                "failed to provision volume with StorageClass \"%s\": %s"
                    .formatted(wish.storageClass().name(), why))));
  }

  /** The node has gone since the scheduler chose it, which has to choose again. */
  private static Plan selectedAnew(Wish wish) {
    KubeObject open = wish.claim().without("metadata", "annotations", Wish.SELECTED_NODE);
    return failed(wish, "node \"" + wish.selectedNode() + "\" not found")
        .after(new Action.Update(Resources.PERSISTENT_VOLUME_CLAIMS, open));
  }

  private static Plan made(Wish wish, KubeObject node) {
    KubeObject claim = wish.claim();
    Action made = new Action.Create(Resources.PERSISTENT_VOLUMES, volume(wish, node));
    return Plan.of(
        new Action.Confirm(Resources.PERSISTENT_VOLUME_CLAIMS, claim),
        made.announcing(
            Announcement.ofDone(
                    claim, "ProvisioningSucceeded", "Successfully provisioned volume %s")
                .orFailed(FAILED, "failed to provision volume: %s")));
  }

  /** The volume, which says for whom it is, so that the binder gives it to nobody else. */
  static KubeObject volume(Wish wish, KubeObject node) {
    Tree sc = wish.storageClass().tree();
    Tree claim = wish.claim().spec();
    Tree spec =
        Tree.of(
            "capacity",
            Tree.of("storage", claim.tree("resources", "requests").text("storage")),
            "accessModes",
            claim.items("accessModes"),
            "persistentVolumeReclaimPolicy",
            sc.text("reclaimPolicy").isEmpty() ? "Delete" : sc.text("reclaimPolicy"),
            "storageClassName",
            wish.storageClass().name(),
            "volumeMode",
            claim.text("volumeMode").isEmpty() ? "Filesystem" : claim.text("volumeMode"),
            "claimRef",
            wish.claim().reference(),
            "nodeAffinity",
            only(node));
    Items options = sc.items("mountOptions");
    Tree whole = options.isEmpty() ? spec : spec.with("mountOptions", options);
    return Resources.PERSISTENT_VOLUMES
        .object("", wish.volumeName())
        .with(Tree.of(PROVISIONED_BY, sc.text("provisioner")), "metadata", "annotations")
        .with(new LocalVolume(wish.volumeName(), node.name(), wish.isSized()).into(whole), "spec");
  }

  private static Tree only(KubeObject node) {
    String host = node.labels().getOrDefault(HOSTNAME, node.name());
    Tree rule = Tree.of("key", HOSTNAME, "operator", "In", "values", Items.of(host));
    Tree term = Tree.of("matchExpressions", Items.of(rule));
    return Tree.of("required", Tree.of("nodeSelectorTerms", Items.of(term)));
  }
}
