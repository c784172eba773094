package io.kuber.server.aggregate;

import java.util.List;
import java.util.Map;

/**
 * What discovery has to say of other servers, at one moment.
 *
 * @param versions in no order that matters
 * @param groupRanks what APIServices ask for, by group; local groups as well
 */
public record ForeignApis(List<ForeignVersion> versions, Map<String, Long> groupRanks) {
  /** Nobody else answers anything. */
  public static final ForeignApis NONE = new ForeignApis(List.of(), Map.of());

  /** Copies the collections. */
  public ForeignApis {
    versions = List.copyOf(versions);
    groupRanks = Map.copyOf(groupRanks);
  }

  /** Whether another server answers a group version. */
  public boolean has(String group, String version) {
    return versions.stream()
        .anyMatch(each -> each.group().equals(group) && each.version().equals(version));
  }
}
