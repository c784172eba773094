package io.kuber.quota;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A ResourceQuota, as it is enforced and counted.
 *
 * @param hard how much there is of what
 */
public record Quota(String name, ResourceAmounts hard, List<Scope> scopes) {
  /** Each container has to say how much it wants of these, if a quota limits them. */
  private static final Set<String> TO_BE_SPECIFIED =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  /** The quota that an object stands for. */
  public static Quota of(KubeObject quota) {
    return new Quota(quota.name(), ResourceAmounts.of(quota.spec().tree("hard")), Scope.of(quota));
  }

  /** Whether it limits anything that objects of the type may use. */
  public boolean concerns(ResourceType type) {
    return hard.byName().keySet().stream().anyMatch(name -> Usage.mayUse(type, name));
  }

  /** Whether it counts the object. */
  public boolean counts(ResourceType type, KubeObject object) {
    return scopes.stream().allMatch(scope -> scope.holds(type, object));
  }

  /** What it limits of that usage. */
  public ResourceAmounts limited(ResourceAmounts usage) {
    return usage.only(hard::has);
  }

  /** What those objects of one type use of all that it limits; zeros are told. */
  public ResourceAmounts used(ResourceType type, List<KubeObject> objects, Instant now) {
    Map<String, Quantity> used = new TreeMap<>();
    hard.byName().keySet().stream()
        .filter(limited -> Usage.mayUse(type, limited))
        .forEach(limited -> used.put(limited, Quantity.ZERO));
    for (KubeObject object : objects) {
      if (counts(type, object)) {
        limited(Usage.of(type, object, now))
            .byName()
            .forEach((limited, amount) -> used.merge(limited, amount, Quantity::plus));
      }
    }
    return ResourceAmounts.of(used);
  }

  /**
   * Which containers of a pod fail to say how much they want: {@code cpu for: a,b; memory for: a}.
   * Empty when all do, and for all other kinds.
   */
  public String unspecified(ResourceType type, KubeObject pod) {
    Map<String, Set<String>> missing = new TreeMap<>();
    if (type.equals(Resources.PODS)) {
      Set<Tree> containers = new LinkedHashSet<>(pod.spec().items("containers").trees());
      containers.addAll(pod.spec().items("initContainers").trees());
      for (Tree container : containers) {
        for (String name : hard.byName().keySet()) {
          if (TO_BE_SPECIFIED.contains(name) && !specifies(container, name)) {
            missing.computeIfAbsent(name, unused -> new TreeSet<>()).add(container.text("name"));
          }
        }
      }
    }
    return missing.entrySet().stream()
        .map(entry -> entry.getKey() + " for: " + String.join(",", entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static boolean specifies(Tree container, String name) {
    boolean limit = name.startsWith("limits.");
    String resource = name.substring(name.indexOf('.') + 1);
    return PodAmounts.of(container, limit ? "limits" : "requests").has(resource);
  }
}
