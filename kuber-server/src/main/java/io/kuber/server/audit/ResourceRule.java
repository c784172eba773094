package io.kuber.server.audit;

import io.kuber.access.Deed.OnResource;
import java.util.List;

/**
 * Some resources of one group.
 *
 * @param group empty for the core group
 * @param resources such as {@code pods}, {@code pods/log}, {@code pods/*}, {@code *}{@code /scale}
 *     or {@code *}; none for all
 * @param names of objects; none for all
 */
record ResourceRule(String group, List<String> resources, List<String> names) {
  ResourceRule {
    resources = List.copyOf(resources);
    names = List.copyOf(names);
  }

  boolean covers(OnResource deed) {
    if (!group.equals(deed.group())) {
      return false;
    }
    if (resources.isEmpty()) {
      return true;
    }
    return (names.isEmpty() || names.contains(deed.name()))
        && resources.stream().anyMatch(resource -> names(resource, deed));
  }

  private static boolean names(String resource, OnResource deed) {
    return resource.equals("*")
        || resource.equals(deed.target())
        || !deed.subresource().isEmpty() && resource.equals("*/" + deed.subresource())
        || resource.equals(deed.resource() + "/*");
  }
}
