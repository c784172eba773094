package io.kuber.fairness;

import io.kuber.object.Tree;
import java.util.List;

/** One of the rules of a flow schema (apiserver, pkg/util/flowcontrol/rule.go). */
record FlowRule(Subjects subjects, List<OnResources> resources, List<OnPaths> paths) {
  static FlowRule of(Tree rule) {
    return new FlowRule(
        Subjects.of(rule.items("subjects").trees()),
        rule.items("resourceRules").trees().stream().map(OnResources::of).toList(),
        rule.items("nonResourceRules").trees().stream().map(OnPaths::of).toList());
  }

  boolean matches(Asked asked) {
    if (!subjects.have(asked.user())) {
      return false;
    }
    if (asked.isForResource()) {
      for (OnResources each : resources) {
        if (each.matches(asked)) {
          return true;
        }
      }
      return false;
    }
    for (OnPaths each : paths) {
      if (each.matches(asked)) {
        return true;
      }
    }
    return false;
  }

  /** Requests for objects; what is in no namespace needs {@code clusterScope}. */
  record OnResources(
      Words verbs, Words groups, Words resources, Words namespaces, boolean clusterScope) {
    static OnResources of(Tree rule) {
      return new OnResources(
          Words.of(rule.items("verbs")),
          Words.of(rule.items("apiGroups")),
          Words.of(rule.items("resources")),
          Words.of(rule.items("namespaces")),
          rule.isTrue("clusterScope"));
    }

    boolean matches(Asked asked) {
      return verbs.have(asked.verb())
          && resources.have(asked.resource())
          && groups.have(asked.group())
          && (asked.namespace().isEmpty() ? clusterScope : namespaces.have(asked.namespace()));
    }
  }

  /** Requests for documents; a path that ends in {@code /*} is about all below it. */
  record OnPaths(Words verbs, Words paths) {
    static OnPaths of(Tree rule) {
      return new OnPaths(Words.of(rule.items("verbs")), Words.of(rule.items("nonResourceURLs")));
    }

    boolean matches(Asked asked) {
      return verbs.have(asked.verb()) && (paths.have(asked.path()) || isBelow(asked.path()));
    }

    private boolean isBelow(String path) {
      for (String each : paths.words()) {
        if (each.endsWith("/*") && path.startsWith(each.substring(0, each.length() - 1))) {
          return true;
        }
      }
      return false;
    }
  }
}
