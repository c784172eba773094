package io.kuber.controller.endpointslicemirroring;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Decides whether Endpoints are copied, and which slices hold the copies. */
final class MirroringPlanner {
  private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";
  private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";

  private MirroringPlanner() {}

  /**
   * Plans for Endpoints.
   *
   * @param endpoints empty when they are gone, or on their way out
   * @param service the Service of the same name
   * @param slices those that are theirs, or say so; what they do not own goes
   */
  static Plan plan(
      Optional<KubeObject> endpoints, Optional<KubeObject> service, Collection<KubeObject> slices) {
    List<KubeObject> present = new ArrayList<>(slices);
    present.removeIf(slice -> slice.isBeingDeleted() || !Mirror.isOurs(slice));
    List<KubeObject> kept = new ArrayList<>();
    Plan.Builder plan = Plan.builder();
    endpoints
        .filter(source -> isMirrored(source, service))
        .ifPresent(source -> plan.together(writes(source, owned(source, present), kept)));
    present.removeAll(kept);
    return plan.together(
            present.stream().map(slice -> Action.delete(Resources.ENDPOINT_SLICES, slice)).toList())
        .build();
  }

  private static List<KubeObject> owned(KubeObject endpoints, List<KubeObject> slices) {
    return slices.stream()
        .filter(
            slice -> slice.controller().filter(it -> it.uid().equals(endpoints.uid())).isPresent())
        .toList();
  }

  /** Writes the mirrors; tells which slices hold them. */
  private static List<Action> writes(
      KubeObject endpoints, List<KubeObject> owned, List<KubeObject> kept) {
    List<Action> writes = new ArrayList<>();
    for (Mirror mirror : Mirror.of(endpoints)) {
      Optional<KubeObject> present =
          owned.stream().filter(slice -> mirror.isLike(slice) && !kept.contains(slice)).findFirst();
      present.ifPresent(kept::add);
      writes.addAll(write(mirror, endpoints, present));
    }
    return writes;
  }

  private static boolean isMirrored(KubeObject endpoints, Optional<KubeObject> service) {
    return service.filter(found -> found.spec().tree("selector").isEmpty()).isPresent()
        && !"true".equals(endpoints.labels().get(SKIP))
        && !endpoints.annotations().containsKey(LEADER);
  }

  /** Writes into the slice that is like the mirror, if there is one, and only if it must. */
  private static List<Action> write(
      Mirror mirror, KubeObject endpoints, Optional<KubeObject> present) {
    if (present.isEmpty()) {
      return List.of(new Action.Create(Resources.ENDPOINT_SLICES, mirror.fresh(endpoints)));
    }
    KubeObject wanted = mirror.writtenInto(present.get(), endpoints);
    return wanted.equals(present.get())
        ? List.of()
        : List.of(new Action.Update(Resources.ENDPOINT_SLICES, wanted));
  }
}
