package io.kuber.resource.builtin.devices;

import io.kuber.object.KubeObject;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import java.util.Set;

/** {@code resource.k8s.io/v1 DeviceClass}. */
final class DeviceClasses implements KindRules {
  static final Kind KIND =
      Kind.of(Resources.DEVICE_CLASSES, new DeviceClasses(), Columns.NAME_AND_AGE)
          .with(Trait.GENERATION);

  private DeviceClasses() {}

  @Override
  public void check(KubeObject entry, Problems problems) {
    MetadataCheck.check(entry, Names.SUBDOMAIN, problems);
    ClaimCheck.checkSelectors(FieldPath.SPEC, entry.spec(), problems);
    ClaimCheck.checkConfig(
        FieldPath.SPEC.child("config"), entry.spec().items("config"), Set.of(), problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
