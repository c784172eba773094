package io.kuber.node.volume;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.io.IOException;

/**
 * {@code persistentVolumeClaim}: whatever the persistent volume is that the claim is bound to. The
 * words are those of upstream's desired_state_of_world_populator.go.
 */
final class Claim implements VolumeKind {
  /** What the persistent volume says of how to mount, handed on in the source. */
  static final String MOUNT_OPTIONS = "mountOptions";

  /** Whether the persistent volume is of mode Block, handed on in the source. */
  static final String BLOCK = "volumeModeBlock";

  @Override
  public String field() {
    return "persistentVolumeClaim";
  }

  @Override
  public Made make(Request request) throws IOException {
    String name = request.source().text("claimName");
    return make(request, claim(request, name), request.source().isTrue("readOnly"));
  }

  /** The claim, as long as it is bound and nobody deletes it. */
  static KubeObject claim(Request request, String name) {
    String namespace = request.pod().namespace();
    KubeObject claim =
        request
            .sources()
            .find(Resources.PERSISTENT_VOLUME_CLAIMS, namespace, name)
            .orElseThrow(
                () ->
                    problem(
                        namespace,
                        name,
                        "failed to fetch PVC from API server: persistentvolumeclaims \""
                            + name
                            + "\" not found"));
    if (claim.isBeingDeleted()) {
      throw problem(namespace, name, "PVC is being deleted");
    }
    if (!claim.status().text("phase").equals("Bound")) {
      throw problem(namespace, name, "PVC is not bound");
    }
    return claim;
  }

  private static VolumeException problem(String namespace, String name, String why) {
    return new VolumeException("error processing PVC " + namespace + "/" + name + ": " + why);
  }

  static Made make(Request request, KubeObject claim, boolean readOnly) throws IOException {
    String name = claim.spec().text("volumeName");
    KubeObject volume =
        request
            .sources()
            .find(Resources.PERSISTENT_VOLUMES, "", name)
            .orElseThrow(
                () ->
                    problem(
                        claim.namespace(),
                        claim.name(),
                        "failed to fetch PV "
                            + name
                            + " from API server: persistentvolumes \""
                            + name
                            + "\" not found"));
    check(request, claim, volume);
    VolumeKind kind = VolumeKinds.ofPersistentVolume(sources(volume));
    Tree source = volume.spec().tree(kind.field());
    Items options = volume.spec().items(MOUNT_OPTIONS);
    boolean isBlock = volume.spec().text("volumeMode").equals("Block");
    if (isBlock && !kind.hasDevices()) {
      throw new VolumeException(
          "this node has no block devices of volumes that are of kind " + kind.field());
    }
    return kind.make(
        request.with(
            source
                .with("readOnly", readOnly || source.isTrue("readOnly"))
                .with(MOUNT_OPTIONS, options)
                .with(BLOCK, isBlock)));
  }

  /** Of the trees in the spec, those that can be kinds of volumes. */
  private static Tree sources(KubeObject volume) {
    return volume.spec().without("capacity").without("claimRef").without("nodeAffinity");
  }

  private static void check(Request request, KubeObject claim, KubeObject volume) {
    String uid = volume.spec().text("claimRef", "uid");
    if (!uid.equals(claim.uid())) {
      throw problem(
          claim.namespace(),
          claim.name(),
          uid.isEmpty()
              ? "found PV object %s but it has a nil pv.Spec.ClaimRef indicating it is not yet bound to the claim"
                  .formatted(volume.name())
              : "found PV object %s but its pv.Spec.ClaimRef.UID %s does not point to claim.UID %s"
                  .formatted(volume.name(), uid, claim.uid()));
    }
    Tree affinity = volume.spec().tree("nodeAffinity", "required");
    if (!affinity.isEmpty() && !request.sources().isSelected(affinity)) {
      throw new VolumeException("NodeAffinity check", "no matching NodeSelectorTerms");
    }
  }
}
