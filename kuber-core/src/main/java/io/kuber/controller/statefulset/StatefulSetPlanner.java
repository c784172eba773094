package io.kuber.controller.statefulset;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.reconcile.OwnedPods;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.history.History;
import io.kuber.reconcile.history.Revision;
import io.kuber.resource.Resources;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes one plan for one StatefulSet (upstream: updateStatefulSet in stateful_set_control.go).
 * Lives as long as the making.
 */
final class StatefulSetPlanner {
  /** How long until another look at claims that are about to go with a pod of before. */
  private static final Duration STALE_CLAIM = Duration.ofSeconds(1);

  private final KubeObject set;
  private final History history;
  private final Claims claims;
  private final Instant now;
  private final Revision current;
  private final long start;
  private final long end;
  private final boolean ordered;
  private final Tree status;
  private final Updates updates;

  /** The pods there are, by ordinal. */
  private final TreeMap<Long, KubeObject> pods = new TreeMap<>();

  private final Plan.Builder plan = Plan.builder();

  StatefulSetPlanner(
      KubeObject set, List<KubeObject> pods, History history, Claims claims, Instant now) {
    this.set = set;
    this.history = history;
    this.claims = claims;
    this.now = now;
    this.current = history.named(set.status().text("currentRevision")).orElseGet(history::present);
    this.start = set.spec().number(0, "ordinals", "start");
    this.end = start + set.spec().number(1, "replicas");
    this.ordered = !set.spec().text("podManagementPolicy").equals("Parallel");
    this.status =
        StatefulSetStatus.of(set, pods, current, history.present(), history.collisions(), now);
    this.updates = new Updates(set, start, end);
    pods.forEach(pod -> this.pods.put(Identity.ordinalOf(set, pod), pod));
  }

  Plan plan() {
    if (!set.isBeingDeleted()) {
      plan.together(history.changes());
      if (keepReplicas() && removeCondemned()) {
        var replicas = pods.subMap(start, true, end, false);
        var next = updates.next(replicas, history.present(), this::isUnavailable);
        plan.together(next.stream().map(this::delete).toList());
      }
    }
    boolean changes = !status.equals(set.status());
    Action update = Action.updateStatus(Resources.STATEFUL_SETS, set.with(status, "status"));
    if (changes) {
      plan.then(update);
    }
    if (!set.isBeingDeleted()) {
      plan.together(history.forget(limit(), this::isUsed));
    }
    OwnedPods.awaitAvailability(
        List.copyOf(pods.values()), set.spec().number(0, "minReadySeconds"), now, plan);
    return plan.onFailure(failure -> changes ? List.of(update) : List.of()).build();
  }

  private long limit() {
    return set.spec().number(Integer.MAX_VALUE, "revisionHistoryLimit");
  }

  private boolean isUsed(Revision revision) {
    return revision.name().equals(current.name())
        || pods.values().stream()
            .anyMatch(pod -> StatefulSetStatus.revisionOf(pod).equals(revision.name()));
  }

  /** Brings the pod of each ordinal into being, lowest first; false when that has to wait. */
  private boolean keepReplicas() {
    List<Action> creations = new ArrayList<>();
    boolean settled = true;
    for (long ordinal = start; ordinal < end; ordinal++) {
      KubeObject pod = pods.get(ordinal);
      boolean keeps = pod == null ? create(ordinal, creations) : keep(pod);
      settled &= keeps;
      if (!keeps && ordered) {
        break;
      }
    }
    plan.inGrowingBatches(creations);
    return settled || !ordered;
  }

  private boolean create(long ordinal, List<Action> creations) {
    if (claims.areStale(ordinal)) {
      plan.againAfter(STALE_CLAIM);
    } else {
      plan.together(claims.create(ordinal));
      KubeObject pod = Identity.newPod(set, revisionOf(ordinal), ordinal);
      creations.add(new Action.Create(Resources.PODS, pod).announcing(announcement("create", pod)));
    }
    return false;
  }

  /** Below the partition, and while nothing else is said, pods come back as they were. */
  private Revision revisionOf(long ordinal) {
    return updates.isHeldBack(ordinal, status.number(0, "currentReplicas"))
        ? current
        : history.present();
  }

  /** Whether those of higher ordinals may go on. */
  private boolean keep(KubeObject pod) {
    if (Pods.isFinished(pod)) {
      // However it ended: a new one comes when this one is gone.
      if (!pod.isBeingDeleted()) {
        plan.then(delete(pod));
      }
      return false;
    }
    if (Pods.phase(pod).equals("Pending")) {
      plan.together(claims.create(Identity.ordinalOf(set, pod)));
    }
    if (ordered && isUnavailable(pod)) {
      return false;
    }
    plan.together(claims.retain(pod, false));
    KubeObject restored = Identity.restored(set, pod);
    if (!restored.equals(pod) && !pod.isBeingDeleted()) {
      plan.then(
          new Action.Update(Resources.PODS, restored).announcing(announcement("update", pod)));
    }
    return true;
  }

  private boolean isUnavailable(KubeObject pod) {
    return pod.isBeingDeleted()
        || !StatefulSetStatus.isRunningAndReady(pod)
        || !Pods.isAvailable(pod, set.spec().number(0, "minReadySeconds"), now);
  }

  /** Highest ordinals first. */
  private List<KubeObject> condemned() {
    return pods.descendingMap().entrySet().stream()
        .filter(pod -> pod.getKey() < start || pod.getKey() >= end)
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Deletes the pods of ordinals that are no longer wanted; false when updates have to wait. */
  private boolean removeCondemned() {
    List<KubeObject> condemned = condemned();
    condemned.forEach(pod -> plan.together(claims.retain(pod, true)));
    if (!ordered) {
      List<KubeObject> doomed = condemned.stream().filter(pod -> !pod.isBeingDeleted()).toList();
      plan.together(doomed.stream().map(this::delete).toList());
      return true;
    }
    if (condemned.isEmpty()) {
      return true;
    }
    KubeObject next = condemned.get(0);
    if (!next.isBeingDeleted() && mayGo(next, condemned)) {
      plan.then(delete(next));
    }
    return false;
  }

  /**
   * One that is unavailable may recover and waits for those below it, unless it has ended (upstream
   * waits for ever for two that have).
   */
  private boolean mayGo(KubeObject pod, List<KubeObject> condemned) {
    return !isUnavailable(pod)
        || Pods.isFinished(pod)
        || firstUnavailable(condemned).filter(pod::equals).isPresent();
  }

  /** All wanted pods are available by then. */
  private Optional<KubeObject> firstUnavailable(List<KubeObject> condemned) {
    return condemned.stream()
        .filter(this::isUnavailable)
        .min(Comparator.comparingLong(pod -> Identity.ordinalOf(set, pod)));
  }

  private Action delete(KubeObject pod) {
    return Action.delete(Resources.PODS, pod).announcing(announcement("delete", pod));
  }

  private Announcement announcement(String verb, KubeObject pod) {
    String reason = Character.toUpperCase(verb.charAt(0)) + verb.substring(1);
    String what = "%s Pod %s in StatefulSet %s".formatted(verb, pod.name(), set.name());
    return Announcement.ofDone(set, "Successful" + reason, what + " successful")
        .orFailed("Failed" + reason, what + " failed error: %s");
  }
}
