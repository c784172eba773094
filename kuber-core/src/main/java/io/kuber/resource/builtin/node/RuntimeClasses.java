package io.kuber.resource.builtin.node;

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
import io.kuber.resource.check.ResourcesCheck;
import io.kuber.resource.check.TolerationCheck;
import java.util.Set;

/** {@code node.k8s.io/v1 RuntimeClass}. */
final class RuntimeClasses implements KindRules {
  static final Kind KIND =
      Kind.of(
          Resources.RUNTIME_CLASSES,
          new RuntimeClasses(),
          Columns.none()
              .name()
              .text("Handler", (entry, now) -> entry.tree().text("handler"))
              .age());

  private static final FieldPath HANDLER = FieldPath.ROOT.child("handler");

  private RuntimeClasses() {}

  @Override
  public void check(KubeObject entry, Problems problems) {
    MetadataCheck.check(entry, Names.SUBDOMAIN, problems);
    Names.LABEL.check(HANDLER, entry.tree().text("handler"), problems);
    ResourcesCheck.check(
        FieldPath.ROOT.child("overhead"),
        Tree.of("limits", entry.tree().tree("overhead", "podFixed")),
        Set.of(),
        problems);
    MetadataCheck.checkLabels(
        FieldPath.ROOT.child("scheduling", "nodeSelector"),
        entry.tree().tree("scheduling", "nodeSelector").texts(),
        problems);
    TolerationCheck.checkUnique(
        FieldPath.ROOT.child("scheduling", "tolerations"),
        entry.tree().items("scheduling", "tolerations").trees(),
        problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    MetadataCheck.checkImmutable(
        HANDLER, updated.tree().text("handler"), old.tree().text("handler"), problems);
  }
}
