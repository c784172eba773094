package io.kuber.server.route;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.kuber.resource.GroupRanks;
import io.kuber.resource.Served;
import io.kuber.server.aggregate.ForeignApis;
import io.kuber.server.aggregate.ForeignVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All groups and versions in the order of discovery: those of this server, and those of others,
 * which stand in the place of ours where both have one. As long as there is nobody else, the order
 * is that of the catalogue; otherwise that which the APIServices ask for.
 */
final class ServedGroups {
  private ServedGroups() {}

  /** A version of a group. */
  sealed interface Version {
    String name();

    long rank();
  }

  /** One that this server answers. */
  record Ours(String name, long rank, List<Served> members) implements Version {}

  /** One that another server answers. */
  record Theirs(ForeignVersion foreign) implements Version {
    @Override
    public String name() {
      return foreign.version();
    }

    @Override
    public long rank() {
      return foreign.priority();
    }
  }

  /** The versions of each group. */
  static Map<String, List<Version>> of(List<Served> resources, ForeignApis foreign) {
    Map<String, List<Version>> groups = new LinkedHashMap<>();
    resources.stream()
        .filter(served -> !foreign.has(served.type().group(), served.type().version()))
        .collect(groupingBy(served -> served.type().group(), LinkedHashMap::new, toList()))
        .forEach((group, members) -> groups.put(group, ours(group, members)));
    if (foreign.versions().isEmpty()) {
      return groups;
    }
    for (ForeignVersion version : foreign.versions()) {
      groups.computeIfAbsent(version.group(), group -> new ArrayList<>()).add(new Theirs(version));
    }
    return ordered(groups, foreign.groupRanks());
  }

  private static List<Version> ours(String group, List<Served> members) {
    List<Version> versions = new ArrayList<>();
    members.stream()
        .collect(groupingBy(served -> served.type().version(), LinkedHashMap::new, toList()))
        .forEach(
            (name, own) -> versions.add(new Ours(name, GroupRanks.ofVersion(group, name), own)));
    return versions;
  }

  /** What ranks alike stays in the order in which it was. */
  private static Map<String, List<Version>> ordered(
      Map<String, List<Version>> groups, Map<String, Long> ranks) {
    List<String> names = new ArrayList<>(groups.keySet());
    names.sort(comparingLong(group -> -ranks.getOrDefault(group, GroupRanks.ofGroup(group))));
    Map<String, List<Version>> ordered = new LinkedHashMap<>();
    for (String name : names) {
      List<Version> versions = new ArrayList<>(groups.get(name));
      if (versions.stream().anyMatch(Theirs.class::isInstance)) {
        versions.sort(comparingLong(version -> -version.rank()));
      }
      ordered.put(name, List.copyOf(versions));
    }
    return ordered;
  }
}
