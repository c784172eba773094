package io.kuber.access;

import java.util.ArrayList;
import java.util.List;

/**
 * What somebody may do in one namespace, or what a role lets them do.
 *
 * @param onResources rights on resources
 * @param onPaths rights on paths
 * @param incomplete whether there may be more that nobody could list
 */
public record Rights(List<OnResources> onResources, List<OnPaths> onPaths, boolean incomplete) {
  /** No rights. */
  public static final Rights NONE = new Rights(List.of(), List.of(), false);

  /** All rights that there can be. */
  public static final Rights ALL =
      new Rights(
          List.of(new OnResources(List.of("*"), List.of("*"), List.of("*"), List.of())),
          List.of(new OnPaths(List.of("*"), List.of("*"))),
          false);

  /** Copies the lists. */
  public Rights {
    onResources = List.copyOf(onResources);
    onPaths = List.copyOf(onPaths);
  }

  /** These and the others. */
  public Rights and(Rights others) {
    List<OnResources> resources = new ArrayList<>(onResources);
    resources.addAll(others.onResources);
    List<OnPaths> paths = new ArrayList<>(onPaths);
    paths.addAll(others.onPaths);
    return new Rights(resources, paths, incomplete || others.incomplete);
  }

  /**
   * Each of the verbs on each of the resources; {@code *} is any.
   *
   * @param resources such as {@code pods}, {@code pods/log} and {@code *}{@code /scale}
   * @param names of objects; empty for all
   */
  public record OnResources(
      List<String> verbs, List<String> groups, List<String> resources, List<String> names) {
    /** Copies the lists. */
    public OnResources {
      verbs = List.copyOf(verbs);
      groups = List.copyOf(groups);
      resources = List.copyOf(resources);
      names = List.copyOf(names);
    }

    /** Whether verb, group and name of the deed are among these; its resource is known to be. */
    public boolean allowVerbGroupAndName(Deed.OnResource deed) {
      return isAmong(verbs, deed.verb())
          && isAmong(groups, deed.group())
          && (names.isEmpty() || names.contains(deed.name()));
    }
  }

  /** Each of the verbs on each of the paths; {@code *} is any, at the end as well. */
  public record OnPaths(List<String> verbs, List<String> paths) {
    /** Copies the lists. */
    public OnPaths {
      verbs = List.copyOf(verbs);
      paths = List.copyOf(paths);
    }

    /** Whether the deed is among these. */
    public boolean allow(Deed.OnPath deed) {
      return isAmong(verbs, deed.verb())
          && paths.stream().anyMatch(pattern -> covers(pattern, deed.path()));
    }

    /** Whether a path, or a pattern of paths, is of a pattern (pkg/apis/rbac/v1). */
    public static boolean covers(String pattern, String path) {
      return pattern.equals(path)
          || (pattern.endsWith("*") && path.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
  }

  private static boolean isAmong(List<String> list, String one) {
    return list.contains(one) || list.contains("*");
  }
}
