package io.kuber.resource.builtin;

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
import io.kuber.resource.check.Numbers;

/** {@code coordination.k8s.io/v1 Lease}. */
final class Leases implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.LEASES,
              new Leases(),
              Columns.none()
                  .name()
                  .text("Holder", (lease, now) -> lease.spec().text("holderIdentity"))
                  .age())
          .with(Trait.CREATE_ON_UPDATE);

  private Leases() {}

  @Override
  public void check(KubeObject lease, Problems problems) {
    MetadataCheck.check(lease, Names.SUBDOMAIN, problems);
    Numbers.checkAtLeast(FieldPath.SPEC, lease.spec(), "leaseDurationSeconds", 1, problems);
    Numbers.checkNotNegative(FieldPath.SPEC, lease.spec(), "leaseTransitions", problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
