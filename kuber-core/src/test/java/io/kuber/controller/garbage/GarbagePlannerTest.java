package io.kuber.controller.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GarbagePlannerTest {
  private static OwnerReference reference(String uid) {
    return new OwnerReference("apps/v1", "ReplicaSet", uid, uid, false, true);
  }

  private static KubeObject pod(String... owners) {
    List<Object> references = new ArrayList<>();
    for (String owner : owners) {
      references.add(reference(owner).toTree());
    }
    return Resources.PODS
        .object("default", "pod")
        .with("pod-uid", "metadata", "uid")
        .with(Items.copyOf(references), "metadata", "ownerReferences");
  }

  private static Owner owner(String uid, Owner.State state) {
    return new Owner(reference(uid), state);
  }

  private static Plan plan(KubeObject object, List<Owner> owners, Dependent... dependents) {
    return GarbagePlanner.plan(Resources.PODS, object, owners, List.of(dependents));
  }

  private static KubeObject ending(String finalizer) {
    return pod()
        .with("2026-01-01T00:00:00Z", "metadata", "deletionTimestamp")
        .with(Items.of(finalizer), "metadata", "finalizers");
  }

  @Test
  void leavesObjectWhoseOwnerIsThere() {
    assertThat(plan(pod("a"), List.of(owner("a", Owner.State.SOLID))).actions()).isEmpty();
  }

  @Test
  void deletesObjectWhoseOwnersAreAllGone() {
    Plan plan = plan(pod("a"), List.of(owner("a", Owner.State.GONE)));
    Action.Delete delete = (Action.Delete) plan.actions().get(0);
    assertThat(delete.options().propagationPolicy()).isEqualTo("Background");
    assertThat(delete.options().uid()).isEqualTo("pod-uid");
  }

  @Test
  void forgetsOwnerThatIsGoneBesideOneThatIsThere() {
    Plan plan =
        plan(pod("a", "b"), List.of(owner("a", Owner.State.GONE), owner("b", Owner.State.SOLID)));
    KubeObject updated = ((Action.Update) plan.actions().get(0)).object();
    assertThat(updated.owners()).extracting(OwnerReference::uid).containsExactly("b");
  }

  @Test
  void deletesInForegroundWhatAnOwnerWaitsForAndOthersDependOn() {
    Dependent dependent = new Dependent(Resources.PODS, pod("pod-uid"));
    Plan plan = plan(pod("a"), List.of(owner("a", Owner.State.WAITING)), dependent);
    assertThat(((Action.Delete) plan.actions().get(0)).options().propagationPolicy())
        .isEqualTo("Foreground");
  }

  @Test
  void waitsForBlockingDependentsInForeground() {
    KubeObject owner = ending(GarbagePlanner.FOREGROUND);
    Dependent dependent = new Dependent(Resources.PODS, pod("pod-uid"));
    assertThat(plan(owner, List.of(), dependent).actions()).isEmpty();
    KubeObject freed = ((Action.Update) plan(owner, List.of()).actions().get(0)).object();
    assertThat(freed.finalizers()).isEmpty();
  }

  @Test
  void releasesDependentsBeforeTheOwnerThatOrphansThem() {
    Dependent dependent = new Dependent(Resources.PODS, pod("pod-uid"));
    Plan plan = plan(ending(GarbagePlanner.ORPHAN), List.of(), dependent);
    assertThat(((Action.Update) plan.actions().get(0)).object().owners()).isEmpty();
    assertThat(((Action.Update) plan.actions().get(1)).object().finalizers()).isEmpty();
  }
}
