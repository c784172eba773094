package io.kuber.quota;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one object uses, by the names that a quota may limit. */
public final class Usage {
  private static final String CLASS_SUFFIX = ".storageclass.storage.k8s.io/";

  /** Kinds whose number quotas limited before they could limit that of every kind. */
  private static final Set<ResourceType> COUNTED_BY_PLURAL =
      Set.of(
          Resources.CONFIG_MAPS,
          Resources.SECRETS,
          Resources.SERVICES,
          Resources.REPLICATION_CONTROLLERS,
          Resources.RESOURCE_QUOTAS,
          Resources.PERSISTENT_VOLUME_CLAIMS);

  private static final List<String> NATIVE = List.of("cpu", "memory", "ephemeral-storage");

  private Usage() {}

  /** What the object uses at that time. */
  public static ResourceAmounts of(ResourceType type, KubeObject object, Instant now) {
    ResourceAmounts counted = ResourceAmounts.one(countName(type));
    if (COUNTED_BY_PLURAL.contains(type)) {
      counted = counted.plus(ResourceAmounts.one(type.plural()));
    }
    if (type.equals(Resources.PODS)) {
      return isOver(object, now) ? counted : counted.plus(ofPod(object.spec()));
    } else if (type.equals(Resources.PERSISTENT_VOLUME_CLAIMS)) {
      return counted.plus(ofClaim(object.spec()));
    } else if (type.equals(Resources.SERVICES)) {
      return counted.plus(ofService(object.spec()));
    }
    return counted;
  }

  /** Whether objects of the type may use something of that name. */
  public static boolean mayUse(ResourceType type, String name) {
    if (name.equals(countName(type))) {
      return true;
    } else if (type.equals(Resources.PODS)) {
      return isOfPods(name);
    } else if (type.equals(Resources.PERSISTENT_VOLUME_CLAIMS)) {
      return name.equals("requests.storage")
          || name.equals(type.plural())
          || name.contains(CLASS_SUFFIX);
    } else if (type.equals(Resources.SERVICES)) {
      return name.equals("services") || name.startsWith("services.");
    }
    return COUNTED_BY_PLURAL.contains(type) && name.equals(type.plural());
  }

  private static String countName(ResourceType type) {
    return "count/" + type.qualifiedName();
  }

  private static boolean isOfPods(String name) {
    boolean prefixed = name.startsWith("requests.") || name.startsWith("limits.");
    return name.equals("pods")
        || NATIVE.contains(name)
        || name.startsWith("hugepages-")
        || prefixed && !name.equals("requests.storage") && !name.contains(CLASS_SUFFIX);
  }

  /** A pod that has ended, or should have, uses nothing but a place in the store. */
  private static boolean isOver(KubeObject pod, Instant now) {
    String phase = pod.status().text("phase");
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return true;
    }
    Duration grace = Duration.ofSeconds(pod.metadata().number(0, "deletionGracePeriodSeconds"));
    return pod.isBeingDeleted()
        && Instant.parse(pod.metadata().text("deletionTimestamp")).plus(grace).isBefore(now);
  }

  private static ResourceAmounts ofPod(Tree spec) {
    Map<String, Quantity> used = new TreeMap<>(Map.of("pods", Quantity.of(1)));
    PodAmounts.requests(spec)
        .byName()
        .forEach(
            (name, amount) -> {
              used.put("requests." + name, amount);
              if (NATIVE.contains(name) || name.startsWith("hugepages-")) {
                used.put(name, amount);
              }
            });
    PodAmounts.limits(spec).byName().forEach((name, amount) -> used.put("limits." + name, amount));
    return ResourceAmounts.of(used);
  }

  private static ResourceAmounts ofClaim(Tree spec) {
    Map<String, Quantity> used = new TreeMap<>();
    String storageClass = spec.text("storageClassName");
    ResourceAmounts requests = ResourceAmounts.of(spec.tree("resources", "requests"));
    used.put("requests.storage", requests.of("storage"));
    if (!storageClass.isEmpty()) {
      used.put(storageClass + CLASS_SUFFIX + "requests.storage", requests.of("storage"));
      used.put(storageClass + CLASS_SUFFIX + "persistentvolumeclaims", Quantity.of(1));
    }
    return ResourceAmounts.of(used);
  }

  private static ResourceAmounts ofService(Tree spec) {
    Map<String, Quantity> used = new TreeMap<>();
    int ports = spec.items("ports").size();
    switch (spec.text("type")) {
      case "NodePort" -> used.put("services.nodeports", Quantity.of(ports));
      case "LoadBalancer" -> {
        boolean bare = Boolean.FALSE.equals(spec.get("allocateLoadBalancerNodePorts"));
        long given =
            spec.items("ports").trees().stream().filter(p -> p.number(0, "nodePort") > 0).count();
        used.put("services.nodeports", Quantity.of(bare ? given : ports));
        used.put("services.loadbalancers", Quantity.of(1));
      }
      default -> used.put("services.loadbalancers", Quantity.ZERO);
    }
    return ResourceAmounts.of(used);
  }
}
