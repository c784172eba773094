package io.kuber.resource.builtin.rbac;

import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import java.util.List;

/** {@code rbac.authorization.k8s.io/v1 RoleBinding}: who has a role in one namespace. */
final class RoleBindings implements KindRules {
  static final Kind KIND =
      Kind.of(Resources.ROLE_BINDINGS, new RoleBindings(), Bindings.COLUMNS)
          .with(Trait.CREATE_ON_UPDATE);

  private static final List<String> ROLES = List.of("Role", "ClusterRole");

  private RoleBindings() {}

  @Override
  public KubeObject defaulted(KubeObject binding) {
    return Bindings.defaulted(binding);
  }

  @Override
  public void check(KubeObject binding, Problems problems) {
    Bindings.check(binding, ROLES, true, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    Bindings.checkUpdate(updated, old, problems);
  }
}
