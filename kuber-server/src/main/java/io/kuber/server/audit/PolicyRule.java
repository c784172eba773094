package io.kuber.server.audit;

import io.kuber.access.Deed;
import io.kuber.access.Deed.OnPath;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.User;
import java.util.List;

/**
 * A rule of a policy (k8s.io/apiserver, pkg/audit/policy/checker.go): about which requests, and
 * what to tell of them. Each list that is empty covers everything.
 *
 * @param plan what to tell
 * @param namespaces the empty name stands for what is in none
 * @param paths of what is no resource; a star at the end stands for any rest
 */
record PolicyRule(
    Plan plan,
    List<String> users,
    List<String> groups,
    List<String> verbs,
    List<ResourceRule> resources,
    List<String> namespaces,
    List<String> paths) {
  PolicyRule {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
    verbs = List.copyOf(verbs);
    resources = List.copyOf(resources);
    namespaces = List.copyOf(namespaces);
    paths = List.copyOf(paths);
  }

  boolean covers(User user, Deed deed) {
    return (users.isEmpty() || users.contains(user.name()))
        && (groups.isEmpty() || user.groups().stream().anyMatch(groups::contains))
        && (verbs.isEmpty() || verbs.contains(deed.verb()))
        && covers(deed);
  }

  private boolean covers(Deed deed) {
    if (!namespaces.isEmpty() || !resources.isEmpty()) {
      return deed instanceof OnResource on
          && (namespaces.isEmpty() || namespaces.contains(on.namespace()))
          && (resources.isEmpty() || resources.stream().anyMatch(rule -> rule.covers(on)));
    }
    return paths.isEmpty()
        || deed instanceof OnPath on && paths.stream().anyMatch(path -> names(path, on.path()));
  }

  private static boolean names(String rule, String path) {
    return rule.endsWith("*")
        ? path.startsWith(rule.substring(0, rule.length() - 1))
        : rule.equals(path);
  }
}
