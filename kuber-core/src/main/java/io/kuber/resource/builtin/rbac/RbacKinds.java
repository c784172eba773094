package io.kuber.resource.builtin.rbac;

import io.kuber.resource.Kind;
import java.util.List;

/** The kinds of {@code rbac.authorization.k8s.io}, in the order of discovery. */
public final class RbacKinds {
  /** All of them. */
  public static final List<Kind> KINDS =
      List.of(Roles.KIND, RoleBindings.KIND, ClusterRoles.KIND, ClusterRoleBindings.KIND);

  private RbacKinds() {}
}
