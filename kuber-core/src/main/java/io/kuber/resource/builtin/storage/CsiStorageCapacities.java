package io.kuber.resource.builtin.storage;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.SelectorCheck;

/** {@code storage.k8s.io/v1 CSIStorageCapacity}: how much a driver has left, and where. */
final class CsiStorageCapacities implements KindRules {
  static final Kind KIND =
      Kind.of(
          Resources.CSI_STORAGE_CAPACITIES,
          new CsiStorageCapacities(),
          Columns.none()
              .name()
              .text("StorageClassName", (entry, now) -> entry.tree().text("storageClassName"))
              .text("Capacity", (entry, now) -> capacity(entry.tree())));

  private CsiStorageCapacities() {}

  private static String capacity(Tree entry) {
    return entry.has("capacity") ? entry.text("capacity") : "<unset>";
  }

  @Override
  public void check(KubeObject entry, Problems problems) {
    Tree tree = entry.tree();
    MetadataCheck.check(entry, Names.SUBDOMAIN, problems);
    SelectorCheck.check(FieldPath.ROOT.child("nodeTopology"), tree.tree("nodeTopology"), problems);
    Names.SUBDOMAIN.check(
        FieldPath.ROOT.child("storageClassName"), tree.text("storageClassName"), problems);
    Object capacity = tree.get("capacity");
    if (capacity != null && Quantity.of(capacity).signum() < 0) {
      problems.invalid(
          FieldPath.ROOT.child("capacity"),
          Quantity.of(capacity).toString(),
          "must be greater than or equal to 0");
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    MetadataCheck.checkImmutable(
        FieldPath.ROOT, updated.tree(), old.tree(), "nodeTopology", problems);
    MetadataCheck.checkImmutable(
        FieldPath.ROOT.child("storageClassName"),
        updated.tree().text("storageClassName"),
        old.tree().text("storageClassName"),
        problems);
  }
}
