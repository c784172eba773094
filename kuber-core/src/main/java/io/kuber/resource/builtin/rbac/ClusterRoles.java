package io.kuber.resource.builtin.rbac;

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
import io.kuber.resource.check.NameForm;
import io.kuber.resource.check.SelectorCheck;
import java.util.List;

/** {@code rbac.authorization.k8s.io/v1 ClusterRole}: rights, wherever a binding gives them. */
final class ClusterRoles implements KindRules {
  static final Kind KIND =
      Kind.of(Resources.CLUSTER_ROLES, new ClusterRoles(), Columns.NAME_AND_CREATION)
          .with(Trait.CREATE_ON_UPDATE);

  private ClusterRoles() {}

  @Override
  public void check(KubeObject role, Problems problems) {
    MetadataCheck.check(role, NameForm.PATH_SEGMENT, problems);
    RuleCheck.check(role.tree().items("rules"), false, problems);
    if (role.tree().has("aggregationRule")) {
      FieldPath field = FieldPath.ROOT.child("aggregationRule", "clusterRoleSelectors");
      List<Tree> selectors = role.tree().items("aggregationRule", "clusterRoleSelectors").trees();
      if (selectors.isEmpty()) {
        problems.required(
            field, "at least one clusterRoleSelector required if aggregationRule is non-nil");
      }
      for (int i = 0; i < selectors.size(); i++) {
        SelectorCheck.check(field.index(i), selectors.get(i), problems);
      }
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
