package io.kuber.resource.builtin.devices;

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

/** {@code resource.k8s.io/v1 ResourceClaimTemplate}: a claim for each pod that names it. */
final class ResourceClaimTemplates implements KindRules {
  static final Kind KIND =
      Kind.of(
          Resources.RESOURCE_CLAIM_TEMPLATES, new ResourceClaimTemplates(), Columns.NAME_AND_AGE);

  private ResourceClaimTemplates() {}

  @Override
  public KubeObject defaulted(KubeObject template) {
    return template.withChild("spec", spec -> spec.withChild("spec", ClaimCheck::defaulted));
  }

  @Override
  public void check(KubeObject template, Problems problems) {
    MetadataCheck.check(template, Names.SUBDOMAIN, problems);
    Tree spec = template.spec();
    MetadataCheck.checkLabels(
        FieldPath.SPEC.child("metadata", "labels"),
        spec.tree("metadata", "labels").texts(),
        problems);
    MetadataCheck.checkAnnotations(
        FieldPath.SPEC.child("metadata", "annotations"),
        spec.tree("metadata", "annotations").texts(),
        problems);
    ClaimCheck.check(FieldPath.SPEC.child("spec"), spec.tree("spec"), problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    MetadataCheck.checkImmutable(FieldPath.SPEC, updated.spec(), old.spec(), problems);
  }
}
