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

/** {@code storage.k8s.io/v1 VolumeAttributesClass}. */
final class VolumeAttributesClasses implements KindRules {
  static final Kind KIND =
      Kind.of(
          Resources.VOLUME_ATTRIBUTES_CLASSES,
          new VolumeAttributesClasses(),
          Columns.none()
              .name()
              .text("DriverName", (entry, now) -> entry.tree().text("driverName"))
              .age());

  private VolumeAttributesClasses() {}

  @Override
  public void check(KubeObject entry, Problems problems) {
    MetadataCheck.check(entry, Names.SUBDOMAIN, problems);
    ParametersCheck.checkDriver("driverName", entry.tree(), problems);
    Tree parameters = entry.tree().tree("parameters");
    ParametersCheck.check(parameters, problems);
    if (parameters.isEmpty()) {
      problems.required(
          FieldPath.ROOT.child("parameters"), "must contain at least one key/value pair");
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    ParametersCheck.checkSame("driverName", updated, old, problems);
    ParametersCheck.checkSame("parameters", updated, old, problems);
  }
}
