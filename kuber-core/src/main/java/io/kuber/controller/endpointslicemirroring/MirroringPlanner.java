package io.kuber.controller.endpointslicemirroring;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import java.util.ArrayList;
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
   * @param service the Service of the same name
   * @param slices those that the Endpoints own
   */
  static Plan plan(KubeObject endpoints, Optional<KubeObject> service, List<KubeObject> slices) {
    List<KubeObject> left = new ArrayList<>(slices);
    left.removeIf(slice -> slice.isBeingDeleted() || !Mirror.isOurs(slice));
    List<Action> writes = new ArrayList<>();
    if (isMirrored(endpoints, service)) {
      for (Mirror mirror : Mirror.of(endpoints)) {
        writes.addAll(write(mirror, endpoints, left));
      }
    }
    List<Action> deletions = new ArrayList<>();
    left.forEach(slice -> deletions.add(Action.delete(Resources.ENDPOINT_SLICES, slice)));
    return Plan.builder().together(writes).together(deletions).build();
  }

  private static boolean isMirrored(KubeObject endpoints, Optional<KubeObject> service) {
    return service.filter(found -> found.spec().tree("selector").isEmpty()).isPresent()
        && !"true".equals(endpoints.labels().get(SKIP))
        && !endpoints.annotations().containsKey(LEADER);
  }

  /** Writes into the first slice that is like the mirror, if there is one, and only if it must. */
  private static List<Action> write(Mirror mirror, KubeObject endpoints, List<KubeObject> left) {
    Optional<KubeObject> present = left.stream().filter(mirror::isLike).findFirst();
    if (present.isEmpty()) {
      return List.of(new Action.Create(Resources.ENDPOINT_SLICES, mirror.fresh(endpoints)));
    }
    KubeObject slice = present.get();
    left.remove(slice);
    KubeObject wanted = mirror.writtenInto(slice, endpoints);
    return wanted.equals(slice)
        ? List.of()
        : List.of(new Action.Update(Resources.ENDPOINT_SLICES, wanted));
  }
}
