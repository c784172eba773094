package io.kuber.controller.disruption;

import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.reconcile.Scales;
import io.kuber.reconcile.Share;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.ScalePaths;
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
  ExpectedPods {
    unmanaged = List.copyOf(unmanaged);
  }

  /** {@code resources} are all that are served now. */
  static ExpectedPods of(
      View view, KubeObject budget, List<KubeObject> pods, List<ResourceType> resources) {
    Tree spec = budget.spec();
    if (spec.get("minAvailable") instanceof Number least) {
      return new ExpectedPods(pods.size(), least.longValue(), List.of(), "");
    } else if (!spec.has("minAvailable") && !spec.has("maxUnavailable")) {
      return new ExpectedPods(0, 0, List.of(), "");
    }
    Owners owners = new Owners(view, resources);
    pods.forEach(owners::add);
    long expected = owners.sum();
    long healthy =
        spec.has("maxUnavailable")
            ? Math.max(0, expected - Share.roundedUp(spec, "maxUnavailable", 0L, expected))
            : Share.roundedUp(spec, "minAvailable", 0L, expected);
    return new ExpectedPods(expected, healthy, owners.unmanaged(), owners.problem);
  }

  /** The scales of the owners of pods, each counted once. */
  private static final class Owners {
    private final View view;
    private final List<ResourceType> resources;
    private final Map<String, Long> byOwner = new HashMap<>();
    private final Set<KubeObject> unmanaged = new HashSet<>();
    private String problem = "";

    Owners(View view, List<ResourceType> resources) {
      this.view = view;
      this.resources = resources;
    }

    void add(KubeObject pod) {
      Optional<OwnerReference> owner = pod.controller();
      if (owner.isEmpty()) {
        unmanaged.add(pod);
      } else if (!byOwner.containsKey(owner.get().uid())) {
        count(pod, owner.get());
      }
    }

    private void count(KubeObject pod, OwnerReference owner) {
      Optional<ResourceType> type = typeOf(owner);
      if (type.isEmpty()) {
        problem =
            "no matches for kind \"%s\" in version \"%s\""
                .formatted(owner.kind(), owner.apiVersion());
        return;
      }
      Optional<KubeObject> found = find(type.get(), pod.namespace(), owner);
      Optional<ScalePaths> scale = Scales.of(view, type.get());
      if (scale.isEmpty()) {
        problem = type.get().qualifiedName() + " does not implement the scale subresource";
      } else if (found.isEmpty()) {
        problem = "found no controllers for pod \"%s\"".formatted(pod.name());
      } else {
        KubeObject scaled = above(pod.namespace(), found.get());
        byOwner.put(owner.uid(), 0L);
        byOwner.put(scaled.uid(), replicasOf(scaled, scale.get()));
      }
    }

    private Optional<ResourceType> typeOf(OwnerReference owner) {
      String version = owner.apiVersion();
      String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
      return Scales.typeOf(resources, group, owner.kind());
    }

    private Optional<KubeObject> find(ResourceType type, String namespace, OwnerReference owner) {
      return view.get(type, namespace, owner.name())
          .filter(object -> object.uid().equals(owner.uid()));
    }

    private static long replicasOf(KubeObject scaled, ScalePaths scale) {
      return scaled.tree().number(0, scale.replicas().toArray(String[]::new));
    }

    /** A Deployment says how many for its ReplicaSets. */
    private KubeObject above(String namespace, KubeObject object) {
      return object
          .controller()
          .filter(owner -> typeOf(owner).equals(Optional.of(Resources.DEPLOYMENTS)))
          .flatMap(owner -> find(Resources.DEPLOYMENTS, namespace, owner))
          .orElse(object);
    }

    long sum() {
      return byOwner.values().stream().mapToLong(Long::longValue).sum();
    }

    List<KubeObject> unmanaged() {
      return List.copyOf(unmanaged);
    }
  }
}
