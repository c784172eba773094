package io.kuber.resource.builtin.rbac;

import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import java.util.List;

/** {@code rbac.authorization.k8s.io/v1 ClusterRoleBinding}: who has a role everywhere. */
final class ClusterRoleBindings implements KindRules {
  static final Kind KIND =
      Kind.of(Resources.CLUSTER_ROLE_BINDINGS, new ClusterRoleBindings(), Bindings.COLUMNS)
          .with(Trait.CREATE_ON_UPDATE);

  private static final List<String> ROLES = List.of("ClusterRole");

  private ClusterRoleBindings() {}

  @Override
  public KubeObject defaulted(KubeObject binding) {
    return Bindings.defaulted(binding);
  }

  @Override
  public void check(KubeObject binding, Problems problems) {
    Bindings.check(binding, ROLES, false, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    Bindings.checkUpdate(updated, old, problems);
  }
}
