package io.kuber.controller.daemonset;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.OwnedPods;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.history.History;
import io.kuber.resource.Resources;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes one plan for one DaemonSet. Lives as long as the making. */
final class DaemonSetPlanner {
  /** Pods created or deleted by one plan (upstream: BurstReplicas). */
  static final int MAX_PODS_PER_PLAN = 250;

  private final KubeObject set;
  private final List<KubeObject> pods;
  private final List<KubeObject> nodes;
  private final History history;
  private final FailedPods failed;
  private final Instant now;
  private final Tree podSpec;
  private final Map<String, NodePods> podsOfNodes;
  private final List<String> wanting = new ArrayList<>();
  private final List<KubeObject> doomed = new ArrayList<>();
  private final Plan.Builder plan = Plan.builder();

  DaemonSetPlanner(
      KubeObject set,
      List<KubeObject> pods,
      List<KubeObject> nodes,
      History history,
      FailedPods failed,
      Instant now) {
    this.set = set;
    this.pods = pods;
    this.nodes = nodes;
    this.history = history;
    this.failed = failed;
    this.now = now;
    this.podSpec = DaemonPod.spec(set);
    this.podsOfNodes = byNode(pods);
  }

  private static Map<String, NodePods> byNode(List<KubeObject> pods) {
    Map<String, List<KubeObject>> byNode = new TreeMap<>();
    for (KubeObject pod : pods) {
      if (!(Pods.isFinished(pod) && pod.isBeingDeleted())) {
        byNode.computeIfAbsent(DaemonPod.nodeOf(pod), unused -> new ArrayList<>()).add(pod);
      }
    }
    Map<String, NodePods> grouped = new TreeMap<>();
    byNode.forEach((node, there) -> grouped.put(node, new NodePods(there)));
    return grouped;
  }

  Plan plan() {
    plan.together(history.changes());
    DaemonSetStatus status = new DaemonSetStatus(set);
    Map<String, NodePods> eligible = new LinkedHashMap<>(podsOfNodes);
    for (KubeObject node : nodes) {
      Eligibility eligibility = Eligibility.of(node, podSpec);
      NodePods there = podsOfNodes.getOrDefault(node.name(), NodePods.NONE);
      status.add(eligibility, there, this::isUpdated, this::isAvailable);
      if (eligibility.shouldRun()) {
        eligible.putIfAbsent(node.name(), NodePods.NONE);
      }
    }
    nodes.forEach(node -> manage(node, status.desired()));
    removeLost();
    if (wanting.isEmpty() && doomed.isEmpty()) {
      RollingUpdate next =
          RollingUpdate.next(set, eligible, status.desired(), this::isUpdated, this::isAvailable);
      doomed.addAll(next.deletions());
      wanting.addAll(next.nodes());
    }
    act();
    return finish(status.tree(history.collisions()));
  }

  private boolean isUpdated(KubeObject pod) {
    return DaemonPod.isUpdated(set, history.present(), pod);
  }

  private boolean isAvailable(KubeObject pod) {
    return Pods.isAvailable(pod, set.spec().number(0, "minReadySeconds"), now);
  }

  /** Brings one node to the pods it is to have (upstream: podsShouldBeOnNode). */
  private void manage(KubeObject node, long desired) {
    Eligibility eligibility = Eligibility.of(node, podSpec);
    NodePods there = podsOfNodes.getOrDefault(node.name(), NodePods.NONE);
    if (eligibility.shouldRun() && there.isEmpty()) {
      wanting.add(node.name());
    } else if (eligibility.mayStay()) {
      there.staying().stream().filter(Pods::isFinished).forEach(pod -> clear(node, pod));
      boolean surges =
          set.spec().text("updateStrategy", "type").equals("RollingUpdate")
              && RollingUpdate.maxSurge(set, desired) > 0;
      doomed.addAll(
          surges ? there.surplusOfSurge(this::isUpdated, this::isAvailable) : there.surplus());
    } else {
      doomed.addAll(there.staying());
    }
  }

  private void clear(KubeObject node, KubeObject pod) {
    if (Pods.phase(pod).equals("Succeeded")) {
      say(Note.normal(set, "SucceededDaemonPod", told("succeeded", pod, node, "delete")), pod);
      return;
    }
    Optional<Duration> wait = failed.mustWait(set, node.name(), now);
    if (wait.isPresent()) {
      plan.againAfter(wait.get());
    } else {
      failed.cleared(set, node.name(), now);
      say(Note.warning(set, "FailedDaemonPod", told("failed", pod, node, "kill")), pod);
    }
  }

  private static String told(String how, KubeObject pod, KubeObject node, String what) {
    return "Found %s daemon pod %s/%s on node %s, will try to %s it"
        .formatted(how, pod.namespace(), pod.name(), node.name(), what);
  }

  private void say(Note note, KubeObject pod) {
    plan.then(new Action.Emit(note));
    doomed.add(pod);
  }

  /** Pods that wait for a node that is gone, which nobody else would clear away. */
  private void removeLost() {
    List<String> names = nodes.stream().map(KubeObject::name).toList();
    pods.stream()
        .filter(pod -> Pods.nodeName(pod).isEmpty() && !pod.isBeingDeleted())
        .filter(pod -> !names.contains(DaemonPod.nodeOf(pod)))
        .forEach(doomed::add);
  }

  private void act() {
    plan.inGrowingBatches(wanting.stream().limit(MAX_PODS_PER_PLAN).map(this::create).toList());
    plan.together(doomed.stream().distinct().limit(MAX_PODS_PER_PLAN).map(this::delete).toList());
  }

  private Action create(String node) {
    KubeObject pod = DaemonPod.create(set, podSpec, history.present(), node);
    return new Action.Create(Resources.PODS, pod)
        .announcing(
            Announcement.ofDone(set, "SuccessfulCreate", "Created pod: %s")
                .orFailed("FailedCreate", "Error creating: %s"));
  }

  private Action delete(KubeObject pod) {
    return Action.delete(Resources.PODS, pod)
        .announcing(
            Announcement.ofDone(set, "SuccessfulDelete", "Deleted pod: %s")
                .orFailed("FailedDelete", "Error deleting: %s"));
  }

  private Plan finish(Tree status) {
    List<Action> update =
        status.equals(set.status())
            ? List.of()
            : List.of(Action.updateStatus(Resources.DAEMON_SETS, set.with(status, "status")));
    plan.together(update);
    List<String> used =
        pods.stream()
            .map(pod -> pod.labels().getOrDefault("controller-revision-hash", ""))
            .toList();
    plan.together(
        history.forget(
            set.spec().number(Integer.MAX_VALUE, "revisionHistoryLimit"),
            revision -> used.contains(revision.hash())));
    OwnedPods.awaitAvailability(pods, set.spec().number(0, "minReadySeconds"), now, plan);
    return plan.onFailure(failure -> update).build();
  }
}
