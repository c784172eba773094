package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import java.util.Locale;

/** {@code apps/v1 ControllerRevision}. */
final class ControllerRevisions implements KindRules {
  static final Kind KIND =
      Kind.of(
          Resources.CONTROLLER_REVISIONS,
          new ControllerRevisions(),
          Columns.none()
              .name()
              .text("Controller", (r, now) -> r.controller().map(o -> shown(o)).orElse("<none>"))
              .text("Revision", (r, now) -> Long.toString(r.tree().number(0, "revision")))
              .age());

  private ControllerRevisions() {}

  private static String shown(OwnerReference owner) {
    int slash = owner.apiVersion().indexOf('/');
    String group = slash < 0 ? "" : "." + owner.apiVersion().substring(0, slash);
    return owner.kind().toLowerCase(Locale.ROOT) + group + "/" + owner.name();
  }

  @Override
  public void check(KubeObject revision, Problems problems) {
    MetadataCheck.check(revision, Names.SUBDOMAIN, problems);
    if (!revision.tree().has("data")) {
      problems.required(FieldPath.ROOT.child("data"), "data is mandatory");
    }
    Numbers.checkNotNegative(FieldPath.ROOT, revision.tree(), "revision", problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    MetadataCheck.checkImmutable(FieldPath.ROOT, updated.tree(), old.tree(), "data", problems);
  }
}
