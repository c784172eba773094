package io.kuber.scheduler;

import io.kuber.loop.Loops;
import io.kuber.scheduler.plugin.VolumeBinding;
import io.kuber.scheduler.plugin.VolumePlan;
import io.kuber.scheduler.preemption.Candidate;
import io.kuber.scheduler.preemption.Preemption;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.view.Pods;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Decides one pod after the other: a node, or victims, or rest. Binding goes on behind it; a pod
 * counts on its node meanwhile. Owned by the scheduler's loop.
 */
final class Cycle {
  /** Pods that are being bound; beyond this many the next ones wait for the store. */
  private static final int MAX_BINDING = 1024;

  /** What is said before preemption says something (upstream: dynamicresources, PostFilter). */
  private static final String NO_CLAIMS = " no new claims to deallocate,";

  private final ClusterState cluster;
  private final PodQueue queue;
  private final Wakeup wakeup;
  private final VolumePreparation volumes;
  private final Writes writes;
  private final Executor term;
  private final InstantSource clock;
  private final Preemption preemption;
  private final Map<String, Placement> placements = new HashMap<>();
  private int binding;

  Cycle(
      List<Profile> profiles,
      ClusterState cluster,
      PodQueue queue,
      Wakeup wakeup,
      VolumePreparation volumes,
      Writes writes,
      Executor term,
      Loops loops) {
    this.cluster = cluster;
    this.queue = queue;
    this.wakeup = wakeup;
    this.volumes = volumes;
    this.writes = writes;
    this.term = term;
    this.clock = loops.clock();
    this.preemption = new Preemption(cluster, loops.entropy());
    for (Profile profile : profiles) {
      placements.put(profile.name(), new Placement(profile, cluster, loops.entropy()));
    }
  }

  /** Whether a pod can be decided now. */
  boolean hasWork() {
    return binding < MAX_BINDING && queue.hasNext();
  }

  void decideNext() {
    queue.next().ifPresent(this::decide);
  }

  private void decide(PodEntry pod) {
    Placement placement = placements.get(pod.schedulerName());
    if (placement == null) {
      queue.remove(pod.key());
      return;
    }
    Placement.Decision decision = placement.decide(pod);
    if (decision instanceof Placement.Decision.Place place) {
      assume(pod, place.node());
    } else if (decision instanceof Placement.Decision.Nowhere nowhere) {
      turnAway(pod, placement, nowhere.diagnosis());
    }
  }

  private void assume(PodEntry pod, NodeState node) {
    VolumePlan plan =
        pod.claims().isEmpty() ? VolumePlan.NOTHING : VolumeBinding.plan(pod, node, cluster);
    Optional<String> nominated = cluster.nominations().withdraw(pod.key());
    cluster.place(pod, node.name());
    if (plan.isNothing()) {
      bind(pod, node.name());
    } else {
      volumes
          .prepare(pod, plan, node.name())
          .whenComplete(
              (ready, failure) ->
                  term.execute(
                      () -> {
                        if (failure == null) {
                          bind(pod, node.name());
                        } else {
                          notBound(pod, node.name(), failure, Report.volumesFailed(failure));
                        }
                      }));
    }
    nominated.filter(n -> !n.equals(node.name())).ifPresent(n -> wakeup.podLeft(pod, n));
    wakeup.podCame(pod, node.name());
  }

  private void bind(PodEntry pod, String node) {
    binding++;
    writes
        .bind(pod, node)
        .whenComplete(
            (done, failure) ->
                term.execute(
                    () -> {
                      binding--;
                      if (failure != null) {
                        notBound(pod, node, failure, Report.bindingFailed(failure));
                      }
                    }));
  }

  /** What was taken for the pod is free again; volumes that were promised to it, too. */
  private void notBound(PodEntry pod, String node, Throwable failure, Report report) {
    Writes.failed(pod, node, failure);
    PodEntry now = cluster.pod(pod.key());
    if (now != null && isAssumed(pod, now)) {
      cluster.unplace(pod.key());
      if (Pods.isActive(now.object())) {
        queue.put(now, clock.instant());
        queue.retry(pod.key(), clock.instant());
        writes.report(now, report, "");
      } else {
        cluster.removePod(pod.key());
      }
      wakeup.podLeft(pod, node);
    }
    if (!pod.claims().isEmpty()) {
      queue.wakeAll(clock.instant());
    }
  }

  /** Whether the pod still counts where it was sent to, and is the same pod. */
  private boolean isAssumed(PodEntry pod, PodEntry now) {
    return now.nodeName().isEmpty()
        && now.object().uid().equals(pod.object().uid())
        && cluster.placeOf(pod.key()).isPresent();
  }

  private void turnAway(PodEntry pod, Placement placement, Diagnosis diagnosis) {
    Preemption.Plan plan =
        cluster.nodes().isEmpty()
            ? new Preemption.Plan.NotNow("")
            : placement.preempt(preemption, pod, diagnosis.open());
    boolean evicts = plan instanceof Preemption.Plan.Evict;
    queue.rest(pod.key(), diagnosis.rejectedBy(), evicts, clock.instant());
    if (plan instanceof Preemption.Plan.Evict evict) {
      evict(pod, evict.candidate());
      writes.report(
          pod, Report.unschedulable(diagnosis.message()), evict.candidate().node().name());
    } else if (plan instanceof Preemption.Plan.Nobody nobody) {
      cluster.nominations().withdraw(pod.key()).ifPresent(node -> wakeup.podLeft(pod, node));
      writes.report(pod, Report.unschedulable(diagnosis.message() + preemption(nobody)), "");
    } else if (plan instanceof Preemption.Plan.NotNow notNow) {
      String why = notNow.reason().isEmpty() ? "" : NO_CLAIMS + " preemption: " + notNow.reason();
      String nominated = cluster.nominations().nodeOf(pod.key()).orElse("");
      writes.report(pod, Report.unschedulable(diagnosis.message() + why), nominated);
    }
  }

  private String preemption(Preemption.Plan.Nobody nobody) {
    Reasons reasons = new Reasons();
    int nodes = cluster.nodes().size();
    int asked = nobody.reasons().values().stream().mapToInt(Integer::intValue).sum();
    nobody.reasons().forEach(reasons::add);
    if (asked < nodes) {
      reasons.add(Preemption.NOT_HELPFUL, nodes - asked);
    }
    return NO_CLAIMS + " preemption: " + reasons.message(nodes);
  }

  /** The node is the pod's from now on; less important pods that waited for it look elsewhere. */
  private void evict(PodEntry pod, Candidate candidate) {
    String node = candidate.node().name();
    for (PodEntry other : cluster.nominations().on(node)) {
      if (other.priority() < pod.priority()) {
        cluster.nominations().withdraw(other.key());
        writes.forgetNomination(other);
        wakeup.podLeft(other, node);
      }
    }
    Optional<String> before = cluster.nominations().withdraw(pod.key());
    cluster.nominations().nominate(pod, node);
    before.filter(old -> !old.equals(node)).ifPresent(old -> wakeup.podLeft(pod, old));
    writes
        .evict(pod, candidate.victims(), node)
        .whenComplete(
            (done, failure) ->
                term.execute(
                    () -> {
                      queue.release(pod.key(), clock.instant());
                      if (failure != null) {
                        Writes.failed(pod, node, failure);
                        queue.retry(pod.key(), clock.instant());
                      }
                    }));
  }
}
