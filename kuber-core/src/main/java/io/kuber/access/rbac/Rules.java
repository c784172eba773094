package io.kuber.access.rbac;

import io.kuber.access.Rights;
import io.kuber.access.Rights.OnPaths;
import io.kuber.access.Rights.OnResources;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;

/** The rules of roles as rights, and back. */
public final class Rules {
  private Rules() {}

  /** What a Role or ClusterRole lets people do. */
  public static Rights of(KubeObject role) {
    return of(role.tree().items("rules"));
  }

  /** What {@code rules} let people do. */
  public static Rights of(Items rules) {
    List<OnResources> onResources = new ArrayList<>();
    List<OnPaths> onPaths = new ArrayList<>();
    for (Tree rule : rules.trees()) {
      List<String> verbs = rule.items("verbs").texts();
      List<String> paths = rule.items("nonResourceURLs").texts();
      if (!paths.isEmpty()) {
        onPaths.add(new OnPaths(verbs, paths));
      }
      if (!rule.items("resources").isEmpty()) {
        onResources.add(
            new OnResources(
                verbs,
                rule.items("apiGroups").texts(),
                rule.items("resources").texts(),
                rule.items("resourceNames").texts()));
      }
    }
    return new Rights(onResources, onPaths, false);
  }

  /** The rules that give the rights. */
  public static Items toItems(Rights rights) {
    List<Tree> rules = new ArrayList<>();
    rights.onResources().forEach(rule -> rules.add(toTree(rule)));
    rights.onPaths().forEach(rule -> rules.add(toTree(rule)));
    return Items.copyOf(rules);
  }

  private static Tree toTree(OnResources rule) {
    Tree.Builder tree =
        Tree.builder()
            .put("verbs", Items.copyOf(rule.verbs()))
            .put("apiGroups", Items.copyOf(rule.groups()))
            .put("resources", Items.copyOf(rule.resources()));
    if (!rule.names().isEmpty()) {
      tree.put("resourceNames", Items.copyOf(rule.names()));
    }
    return tree.build();
  }

  private static Tree toTree(OnPaths rule) {
    return Tree.of(
        "verbs", Items.copyOf(rule.verbs()), "nonResourceURLs", Items.copyOf(rule.paths()));
  }
}
