package io.kuber.resource.builtin.rbac;

import io.kuber.object.KubeObject;
import io.kuber.resource.Columns;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.NameForm;

/** {@code rbac.authorization.k8s.io/v1 Role}: rights in one namespace. */
final class Roles implements KindRules {
  static final Kind KIND =
      Kind.of(Resources.ROLES, new Roles(), Columns.NAME_AND_CREATION).with(Trait.CREATE_ON_UPDATE);

  private Roles() {}

  @Override
  public void check(KubeObject role, Problems problems) {
    MetadataCheck.check(role, NameForm.PATH_SEGMENT, problems);
    RuleCheck.check(role.tree().items("rules"), true, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
