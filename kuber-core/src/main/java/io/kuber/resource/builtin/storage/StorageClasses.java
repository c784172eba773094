package io.kuber.resource.builtin.storage;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.Texts;
import java.util.List;

/** {@code storage.k8s.io/v1 StorageClass}. */
final class StorageClasses implements KindRules {
  private static final String IMMEDIATE = "Immediate";

  static final Kind KIND =
      Kind.of(
          Resources.STORAGE_CLASSES,
          new StorageClasses(),
          Columns.none()
              .nameFrom(StorageClasses::nameOrDefault)
              .text("Provisioner", (entry, now) -> entry.tree().text("provisioner"))
              .text("ReclaimPolicy", (entry, now) -> or(entry, "reclaimPolicy", "Delete"))
              .text("VolumeBindingMode", (entry, now) -> or(entry, "volumeBindingMode", IMMEDIATE))
              .text("AllowVolumeExpansion", (entry, now) -> expands(entry))
              .age());

  private static final List<String> DEFAULT_ANNOTATIONS =
      List.of(
          "storageclass.kubernetes.io/is-default-class",
          "storageclass.beta.kubernetes.io/is-default-class");

  private StorageClasses() {}

  private static String nameOrDefault(KubeObject entry) {
    boolean isDefault =
        DEFAULT_ANNOTATIONS.stream().anyMatch(a -> "true".equals(entry.annotations().get(a)));
    return isDefault ? entry.name() + " (default)" : entry.name();
  }

  private static String or(KubeObject entry, String field, String otherwise) {
    String value = entry.tree().text(field);
    return value.isEmpty() ? otherwise : value;
  }

  private static boolean expands(KubeObject entry) {
    return entry.tree().isTrue("allowVolumeExpansion");
  }

  @Override
  public KubeObject defaulted(KubeObject entry) {
    return KubeObject.of(
        entry
            .tree()
            .withDefault("reclaimPolicy", "Delete")
            .withDefault("volumeBindingMode", IMMEDIATE));
  }

  @Override
  public void check(KubeObject entry, Problems problems) {
    Tree tree = entry.tree();
    MetadataCheck.check(entry, Names.SUBDOMAIN, problems);
    ParametersCheck.checkDriver("provisioner", tree, problems);
    ParametersCheck.check(tree.tree("parameters"), problems);
    Numbers.checkOneOf(
        FieldPath.ROOT, tree, "reclaimPolicy", List.of("Delete", "Retain"), problems);
    Texts.checkOneOf(
        FieldPath.ROOT,
        tree,
        "volumeBindingMode",
        List.of(IMMEDIATE, "WaitForFirstConsumer"),
        problems);
    TopologyCheck.check(
        FieldPath.ROOT.child("allowedTopologies"), tree.items("allowedTopologies"), problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    for (String field : new String[] {"parameters", "provisioner", "reclaimPolicy"}) {
      ParametersCheck.checkSame(field, updated, old, problems);
    }
    MetadataCheck.checkImmutable(
        FieldPath.ROOT.child("volumeBindingMode"),
        updated.tree().text("volumeBindingMode"),
        old.tree().text("volumeBindingMode"),
        problems);
  }
}
