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
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import java.util.List;

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
    checkStrategy(lease.spec(), problems);
  }

  /** How the holder is chosen, where candidates ask for the lease. */
  private static void checkStrategy(Tree spec, Problems problems) {
    String strategy = spec.text("strategy");
    FieldPath field = FieldPath.SPEC.child("strategy", "strategy");
    if (strategy.contains("/")) {
      Names.checkKey(field, strategy, problems);
    } else if (spec.has("strategy") && !strategy.equals("OldestEmulationVersion")) {
      problems.notSupported(field, strategy, List.of("OldestEmulationVersion"));
    }
    if (strategy.isEmpty() && !spec.text("preferredHolder").isEmpty()) {
      problems.forbidden(
          FieldPath.SPEC.child("preferredHolder"),
          "may only be specified if `strategy` is defined");
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
