package io.kuber.access.rbac;

import io.kuber.access.Rights;
import io.kuber.access.Rights.OnPaths;
import io.kuber.access.Rights.OnResources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares rights with rights (upstream: pkg/registry/rbac/validation, policy_comparator.go and
 * policy_compact.go). Pure.
 *
 * <p>What is asked for is broken down to one verb, one group, one resource and at most one name; so
 * small a right is covered by one rule or by none.
 */
public final class Coverage {
  private Coverage() {}

  /** What is in {@code wanted} but not in {@code held}, a right to a rule. */
  public static Rights missing(Rights held, Rights wanted) {
    List<OnResources> resources = new ArrayList<>();
    for (OnResources rule : wanted.onResources()) {
      for (OnResources small : brokenDown(rule)) {
        if (held.onResources().stream().noneMatch(own -> covers(own, small))) {
          resources.add(small);
        }
      }
    }
    List<OnPaths> paths = new ArrayList<>();
    for (OnPaths rule : wanted.onPaths()) {
      for (OnPaths small : brokenDown(rule)) {
        if (held.onPaths().stream().noneMatch(own -> covers(own, small))) {
          paths.add(small);
        }
      }
    }
    return new Rights(resources, paths, false);
  }

  /** Whether there is nothing in them. */
  public static boolean isNothing(Rights rights) {
    return rights.onResources().isEmpty() && rights.onPaths().isEmpty();
  }

  private static List<OnResources> brokenDown(OnResources rule) {
    List<List<String>> names =
        rule.names().isEmpty() ? List.of(List.of()) : rule.names().stream().map(List::of).toList();
    List<OnResources> small = new ArrayList<>();
    for (String group : rule.groups()) {
      for (String resource : rule.resources()) {
        for (String verb : rule.verbs()) {
          for (List<String> name : names) {
            small.add(new OnResources(List.of(verb), List.of(group), List.of(resource), name));
          }
        }
      }
    }
    return small;
  }

  private static List<OnPaths> brokenDown(OnPaths rule) {
    List<OnPaths> small = new ArrayList<>();
    for (String path : rule.paths()) {
      for (String verb : rule.verbs()) {
        small.add(new OnPaths(List.of(verb), List.of(path)));
      }
    }
    return small;
  }

  private static boolean covers(OnResources own, OnResources small) {
    return isAmong(own.verbs(), small.verbs())
        && isAmong(own.groups(), small.groups())
        && isAmong(own.resources(), small.resources())
        && (own.names().isEmpty()
            || (!small.names().isEmpty() && own.names().containsAll(small.names())));
  }

  private static boolean covers(OnPaths own, OnPaths small) {
    String path = small.paths().get(0);
    return isAmong(own.verbs(), small.verbs())
        && own.paths().stream().anyMatch(pattern -> OnPaths.covers(pattern, path));
  }

  private static boolean isAmong(List<String> own, List<String> small) {
    return own.contains("*") || own.containsAll(small);
  }

  /** The rights in lines, those of one resource together, as Go prints them. */
  public static String text(Rights rights) {
    Map<OnResources, List<String>> verbs = new LinkedHashMap<>();
    for (OnResources rule : rights.onResources()) {
      OnResources target =
          new OnResources(List.of(), rule.groups(), rule.resources(), rule.names());
      verbs.computeIfAbsent(target, unused -> new ArrayList<>()).addAll(rule.verbs());
    }
    TreeSet<String> lines = new TreeSet<>();
    verbs.forEach((rule, all) -> lines.add(line(rule, all)));
    rights.onPaths().forEach(rule -> lines.add(line(rule)));
    return String.join("\n", lines);
  }

  private static String line(OnResources rule, List<String> verbs) {
    return "{APIGroups:%s, Resources:%s%s, Verbs:%s}"
        .formatted(
            quoted(rule.groups()),
            quoted(rule.resources()),
            rule.names().isEmpty() ? "" : ", ResourceNames:" + quoted(rule.names()),
            quoted(verbs));
  }

  private static String line(OnPaths rule) {
    return "{NonResourceURLs:%s, Verbs:%s}".formatted(quoted(rule.paths()), quoted(rule.verbs()));
  }

  /** A list as Go's %q shows it. */
  public static String quoted(List<String> texts) {
    return texts.stream()
        .map(text -> "\"" + text + "\"")
        .collect(Collectors.joining(" ", "[", "]"));
  }
}
