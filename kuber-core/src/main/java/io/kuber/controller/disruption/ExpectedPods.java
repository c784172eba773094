package io.kuber.controller.disruption;

import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.reconcile.Share;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.view.View;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How many pods of a budget there should be, and how many of them healthy (upstream:
 * getExpectedPodCount in pkg/controller/disruption/disruption.go).
 *
 * @param expected the pods that there should be
 * @param desiredHealthy how many of them have to be healthy
 * @param unmanaged pods without a controller, which nobody expects
 * @param problem why the others mean nothing; empty for none
 */
record ExpectedPods(
    long expected, long desiredHealthy, List<KubeObject> unmanaged, String problem) {
  /** The owners whose scale is known, with the field that has it. */
  private static final List<ResourceType> SCALED =
      List.of(
          Resources.DEPLOYMENTS,
          Resources.REPLICA_SETS,
          Resources.REPLICATION_CONTROLLERS,
          Resources.STATEFUL_SETS);

  ExpectedPods {
    unmanaged = List.copyOf(unmanaged);
  }

  static ExpectedPods of(View view, KubeObject budget, List<KubeObject> pods) {
    Tree spec = budget.spec();
    if (spec.get("minAvailable") instanceof Number least) {
      return new ExpectedPods(pods.size(), least.longValue(), List.of(), "");
    } else if (!spec.has("minAvailable") && !spec.has("maxUnavailable")) {
      return new ExpectedPods(0, 0, List.of(), "");
    }
    Scales scales = new Scales(view);
    pods.forEach(scales::add);
    long expected = scales.sum();
    long healthy =
        spec.has("maxUnavailable")
            ? Math.max(0, expected - Share.roundedUp(spec, "maxUnavailable", 0L, expected))
            : Share.roundedUp(spec, "minAvailable", 0L, expected);
    return new ExpectedPods(expected, healthy, scales.unmanaged(), scales.problem);
  }

  /** The scales of the owners of pods, each counted once. */
  private static final class Scales {
    private final View view;
    private final Map<String, Long> byOwner = new HashMap<>();
    private final Set<KubeObject> unmanaged = new HashSet<>();
    private String problem = "";

    Scales(View view) {
      this.view = view;
    }

    void add(KubeObject pod) {
      Optional<OwnerReference> owner = pod.controller();
      if (owner.isEmpty()) {
        unmanaged.add(pod);
      } else if (!byOwner.containsKey(owner.get().uid())) {
        scaled(pod.namespace(), owner.get()).ifPresent(scaled -> count(owner.get(), scaled));
      }
    }

    private void count(OwnerReference owner, KubeObject scaled) {
      byOwner.put(owner.uid(), 0L);
      byOwner.put(scaled.uid(), scaled.spec().number(1, "replicas"));
    }

    /** The owner that says how many; a Deployment says it for its ReplicaSets. */
    private Optional<KubeObject> scaled(String namespace, OwnerReference owner) {
      Optional<ResourceType> type = SCALED.stream().filter(known -> isOf(known, owner)).findFirst();
      if (type.isEmpty()) {
        problem =
            "%s of kind %s does not implement the scale subresource"
                .formatted(owner.name(), owner.kind());
        return Optional.empty();
      }
      Optional<KubeObject> found =
          view.get(type.get(), namespace, owner.name())
              .filter(object -> object.uid().equals(owner.uid()));
      if (found.isEmpty()) {
        problem = "found no controllers for pod of %s %s".formatted(owner.kind(), owner.name());
      }
      return found.map(object -> above(namespace, object));
    }

    private KubeObject above(String namespace, KubeObject object) {
      return object
          .controller()
          .filter(owner -> isOf(Resources.DEPLOYMENTS, owner))
          .flatMap(owner -> view.get(Resources.DEPLOYMENTS, namespace, owner.name()))
          .orElse(object);
    }

    private static boolean isOf(ResourceType type, OwnerReference owner) {
      return type.kind().equals(owner.kind()) && type.apiVersion().equals(owner.apiVersion());
    }

    long sum() {
      return byOwner.values().stream().mapToLong(Long::longValue).sum();
    }

    List<KubeObject> unmanaged() {
      return List.copyOf(unmanaged);
    }
  }
}
