package io.kuber.access.rbac;

import io.kuber.access.User;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import java.util.ArrayList;
import java.util.List;

/**
 * That a binding gives a role to one subject.
 *
 * @param subject who has it
 * @param binding says so
 * @param role is given, whether it exists or not
 * @param reason in words, for people who ask why
 */
record Grant(Subject subject, Key binding, Key role, String reason) {
  /**
   * A user or a group. A service account is the user that it is called as.
   *
   * @param group whether it is a group
   */
  record Subject(boolean group, String name) {}

  /** Where it holds; empty for everywhere. */
  String namespace() {
    return binding.namespace();
  }

  /** All that a RoleBinding or ClusterRoleBinding gives. */
  static List<Grant> of(KubeObject binding) {
    String namespace = binding.namespace();
    Key key =
        namespace.isEmpty()
            ? Resources.CLUSTER_ROLE_BINDINGS.key("", binding.name())
            : Resources.ROLE_BINDINGS.key(namespace, binding.name());
    Tree roleRef = binding.tree().tree("roleRef");
    Key role = role(roleRef, namespace);
    List<Grant> grants = new ArrayList<>();
    for (Tree subject : binding.tree().items("subjects").trees()) {
      Subject who = subject(subject, namespace);
      grants.add(new Grant(who, key, role, reason(binding, roleRef, subject)));
    }
    return grants;
  }

  /** The role that a binding in the namespace refers to. */
  static Key role(Tree roleRef, String namespace) {
    return roleRef.text("kind").equals("Role")
        ? Resources.ROLES.key(namespace, roleRef.text("name"))
        : Resources.CLUSTER_ROLES.key("", roleRef.text("name"));
  }

  private static Subject subject(Tree subject, String namespace) {
    String name = subject.text("name");
    return switch (subject.text("kind")) {
      case "Group" -> new Subject(true, name);
      case "ServiceAccount" ->
          new Subject(false, User.serviceAccountName(place(subject, namespace), name));
      default -> new Subject(false, name);
    };
  }

  /** An account without a namespace is one of the binding's. */
  private static String place(Tree subject, String namespace) {
    String own = subject.text("namespace");
    return own.isEmpty() ? namespace : own;
  }

  /** The text of plugin/pkg/auth/authorizer/rbac and pkg/registry/rbac/validation/rule.go. */
  private static String reason(KubeObject binding, Tree roleRef, Tree subject) {
    String namespace = binding.namespace();
    boolean account = subject.text("kind").equals("ServiceAccount");
    return "RBAC: allowed by %s \"%s\" of %s \"%s\" to %s \"%s\""
        .formatted(
            namespace.isEmpty() ? "ClusterRoleBinding" : "RoleBinding",
            namespace.isEmpty() ? binding.name() : binding.name() + "/" + namespace,
            roleRef.text("kind"),
            roleRef.text("name"),
            subject.text("kind"),
            account
                ? subject.text("name") + "/" + place(subject, namespace)
                : subject.text("name"));
  }
}
