package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.ClaimCheck;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;

/** {@code v1 PersistentVolumeClaim}. */
final class PersistentVolumeClaims implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.PERSISTENT_VOLUME_CLAIMS,
              new PersistentVolumeClaims(),
              Columns.none()
                  .name()
                  .text("Status", (c, now) -> PersistentVolumes.phase(c))
                  .text("Volume", (c, now) -> c.spec().text("volumeName"))
                  .text("Capacity", (c, now) -> capacity(c))
                  .text("Access Modes", (c, now) -> accessModes(c))
                  .text("StorageClass", (c, now) -> PersistentVolumes.storageClass(c))
                  .text("VolumeAttributesClass", (c, now) -> PersistentVolumes.attributesClass(c))
                  .age()
                  .wide("VolumeMode", (c, now) -> PersistentVolumes.volumeMode(c)))
          .with(Trait.STATUS, Trait.ANSWERS_WITH_DELETED);

  private PersistentVolumeClaims() {}

  private static String capacity(KubeObject claim) {
    return isBound(claim) ? PersistentVolumes.capacity(claim.status()) : "";
  }

  private static String accessModes(KubeObject claim) {
    return isBound(claim) ? PersistentVolumes.accessModes(claim.status().items("accessModes")) : "";
  }

  private static boolean isBound(KubeObject claim) {
    return !claim.spec().text("volumeName").isEmpty();
  }

  @Override
  public KubeObject defaulted(KubeObject claim) {
    return Workload.or(claim, "Filesystem", "spec", "volumeMode");
  }

  /** Both names of the source of the data say the same, whichever was used. */
  @Override
  public KubeObject prepared(KubeObject created) {
    return withSources(created).with(Tree.of("phase", "Pending"), "status");
  }

  @Override
  public KubeObject prepared(KubeObject updated, KubeObject old) {
    return withSources(updated);
  }

  private static KubeObject withSources(KubeObject claim) {
    Tree spec = claim.spec();
    if (spec.has("dataSource") && !spec.has("dataSourceRef")) {
      return claim.with(spec.tree("dataSource"), "spec", "dataSourceRef");
    }
    boolean local = spec.text("dataSourceRef", "namespace").isEmpty();
    return spec.has("dataSourceRef") && !spec.has("dataSource") && local
        ? claim.with(spec.tree("dataSourceRef"), "spec", "dataSource")
        : claim;
  }

  @Override
  public void check(KubeObject claim, Problems problems) {
    MetadataCheck.check(claim, Names.SUBDOMAIN, problems);
    ClaimCheck.check(FieldPath.SPEC, claim.spec(), problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    ClaimUpdateCheck.check(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    ClaimUpdateCheck.checkStatus(updated.status(), problems);
  }
}
