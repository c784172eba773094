package io.kuber.access.policy;

import io.kuber.access.Rights;
import io.kuber.access.rbac.Coverage;
import io.kuber.access.rbac.Rules;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;

/**
 * Adds to an object what it lacks; what people added stays. Pure (pkg/registry/rbac/reconciliation,
 * reconcile_role.go and reconcile_rolebindings.go).
 */
final class Mending {
  private Mending() {}

  static KubeObject mended(KubeObject wanted, KubeObject there) {
    KubeObject dressed = texts(texts(there, wanted, "labels"), wanted, "annotations");
    return wanted.tree().has("roleRef")
        ? subjects(dressed, wanted)
        : selectors(rules(dressed, wanted), wanted);
  }

  /** Values that people have given stay. */
  private static KubeObject texts(KubeObject there, KubeObject wanted, String field) {
    Tree own = there.metadata().tree(field);
    Tree all = own;
    for (var entry : wanted.metadata().tree(field).texts().entrySet()) {
      all = all.withDefault(entry.getKey(), entry.getValue());
    }
    return all.equals(own) ? there : there.with(all, "metadata", field);
  }

  /** Of a role that gathers its rules others take care. */
  private static KubeObject rules(KubeObject there, KubeObject wanted) {
    if (wanted.tree().has("aggregationRule") && there.tree().has("aggregationRule")) {
      return there;
    }
    Rights missing = Coverage.missing(Rules.of(there), Rules.of(wanted));
    return plus(there, "rules", Rules.toItems(missing));
  }

  private static KubeObject selectors(KubeObject there, KubeObject wanted) {
    String[] path = {"aggregationRule", "clusterRoleSelectors"};
    Items all = union(there.tree().items(path), wanted.tree().items(path));
    return all.equals(there.tree().items(path)) ? there : there.with(all, path);
  }

  /** The binding with the subjects of the other besides its own. */
  static KubeObject subjects(KubeObject binding, KubeObject other) {
    Items own = binding.tree().items("subjects");
    Items all = union(own, other.tree().items("subjects"));
    return all.equals(own) ? binding : binding.with(all, "subjects");
  }

  private static KubeObject plus(KubeObject there, String field, Items more) {
    return more.isEmpty() ? there : there.with(union(there.tree().items(field), more), field);
  }

  private static Items union(Items own, Items others) {
    Items all = own;
    for (Object other : others) {
      all = all.contains(other) ? all : all.plus(other);
    }
    return all;
  }
}
