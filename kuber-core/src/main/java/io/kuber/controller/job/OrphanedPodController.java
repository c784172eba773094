package io.kuber.controller.job;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes the finalizer from pods that no job counts any more: their job is gone or over, or let go
 * of them (upstream: syncOrphanPod in pkg/controller/job/job_controller.go).
 */
public final class OrphanedPodController implements Controller {
  @Override
  public String name() {
    return "job-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.on(Resources.PODS, OrphanedPodController::tracked),
        Trigger.on(Resources.JOBS, OrphanedPodController::ofEndedJob));
  }

  private static void tracked(Change change, View view, Consumer<Key> sink) {
    if (!change.isDeletion() && isTracked(change.after())) {
      sink.accept(change.key());
    }
  }

  private static void ofEndedJob(Change change, View view, Consumer<Key> sink) {
    KubeObject job = change.after();
    if (change.isDeletion() || Ending.isFinal(job)) {
      view.controlledBy(Resources.PODS, job.uid()).stream()
          .filter(OrphanedPodController::isTracked)
          .forEach(pod -> sink.accept(Resources.PODS.keyOf(pod)));
    }
  }

  private static boolean isTracked(KubeObject pod) {
    return pod.finalizers().contains(JobPod.FINALIZER);
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .filter(OrphanedPodController::isTracked)
        .filter(pod -> !isCounted(view, pod))
        .map(pod -> Plan.of(new Action.Update(Resources.PODS, released(pod))))
        .orElse(Plan.NOTHING);
  }

  private static boolean isCounted(View view, KubeObject pod) {
    Optional<OwnerReference> owner = pod.controller();
    if (owner.isEmpty()) {
      return false;
    }
    boolean isJobs =
        owner.get().kind().equals("Job")
            && owner.get().apiVersion().equals(Resources.JOBS.apiVersion());
    Optional<KubeObject> job =
        view.get(Resources.JOBS, pod.namespace(), owner.get().name())
            .filter(found -> found.uid().equals(owner.get().uid()));
    return !isJobs
        || job.filter(found -> !Ending.isFinal(found) || JobPlanner.isManagedElsewhere(found))
            .isPresent();
  }

  private static KubeObject released(KubeObject pod) {
    Items kept = pod.metadata().items("finalizers").without(JobPod.FINALIZER);
    return pod.with(kept, "metadata", "finalizers");
  }
}
