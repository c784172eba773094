package io.kuber.access;

import java.util.List;

/**
 * What somebody may do in one namespace.
 *
 * @param onResources rights on resources
 * @param onPaths rights on paths
 * @param incomplete whether there may be more that nobody could list
 */
public record Rights(List<OnResources> onResources, List<OnPaths> onPaths, boolean incomplete) {
  /** Copies the lists. */
  public Rights {
    onResources = List.copyOf(onResources);
    onPaths = List.copyOf(onPaths);
  }

  /**
   * Each of the verbs on each of the resources; {@code *} is any.
   *
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
  }

  /** Each of the verbs on each of the paths; {@code *} is any. */
  public record OnPaths(List<String> verbs, List<String> paths) {
    /** Copies the lists. */
    public OnPaths {
      verbs = List.copyOf(verbs);
      paths = List.copyOf(paths);
    }
  }
}
