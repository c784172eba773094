package io.kuber.controller.deployment;

import io.kuber.api.ApiException;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes one plan for one Deployment. Lives as long as the making. */
final class DeploymentPlanner {
  private final KubeObject deployment;
  private final Siblings siblings;
  private final Instant now;
  private final Strategy strategy;
  private final Resizing sizes;
  private final Progress progress;
  private final Plan.Builder plan = Plan.builder();
  private final List<KubeObject> old = new ArrayList<>();
  private Optional<KubeObject> fresh;
  private Tree status;

  DeploymentPlanner(KubeObject deployment, Siblings siblings, Instant now) {
    this.deployment = deployment;
    this.siblings = siblings;
    this.now = now;
    this.strategy = Strategy.of(deployment);
    this.sizes = new Resizing(deployment, strategy, siblings.replicaSets());
    this.progress = new Progress(deployment, strategy, now);
    this.fresh = Revision.current(deployment, siblings.replicaSets());
    this.status = deployment.status();
    old.addAll(siblings.replicaSets());
    fresh.ifPresent(old::remove);
    old.sort(Rollout.BY_AGE);
  }

  Plan plan() {
    if (deployment.isBeingDeleted()) {
      return finish(counted());
    }
    notePause();
    adoptRevision();
    Scaling scaling = new Scaling(deployment, strategy, sizes);
    if (isPaused() || scaling.isWanted(siblings.replicaSets())) {
      scaling.scale(fresh, old);
      plan.together(sizes.actions());
      if (isPaused()) {
        forgetOldRevisions();
      }
      return finish(counted());
    }
    if (strategy.rolling()) {
      roll();
    } else {
      recreate();
    }
    return finish(progress.judge(status, counted(), all(), fresh));
  }

  private boolean isPaused() {
    return deployment.spec().isTrue("paused");
  }

  private void notePause() {
    Optional<Condition> progressing = Condition.find(status, DeploymentStatus.PROGRESSING);
    boolean timedOut =
        progressing.filter(old -> old.reason().equals(Progress.TIMED_OUT)).isPresent();
    if (timedOut || !Progress.hasDeadline(deployment)) {
      return;
    }
    boolean noted = progressing.filter(old -> old.reason().equals("DeploymentPaused")).isPresent();
    if (isPaused() && !noted) {
      setProgressing("Unknown", "DeploymentPaused", "Deployment is paused");
    } else if (!isPaused() && noted) {
      setProgressing("Unknown", "DeploymentResumed", "Deployment is resumed");
    }
  }

  private void setProgressing(String value, String reason, String message) {
    status =
        DeploymentStatus.with(
            status,
            DeploymentStatus.condition(DeploymentStatus.PROGRESSING, value, reason, message, now));
  }

  private long nextRevision() {
    return old.stream().mapToLong(Revision::numberOf).max().orElse(0) + 1;
  }

  /** The ReplicaSet of the present template takes the newest number, also after a rollback. */
  private void adoptRevision() {
    fresh.ifPresent(
        set -> {
          sizes.annotate(set, nextRevision());
          if (Progress.hasDeadline(deployment)
              && Condition.find(status, DeploymentStatus.PROGRESSING).isEmpty()) {
            setProgressing(
                "True", "FoundNewReplicaSet", "Found new replica set \"%s\"".formatted(set.name()));
          }
        });
  }

  private void roll() {
    if (!ensureNew()) {
      return;
    }
    fresh.ifPresent(
        set -> {
          Rollout rollout = new Rollout(strategy, sizes);
          rollout.resizeNew(set, all());
          if (!sizes.changesSize()) {
            rollout.shrinkOld(set, old);
          }
        });
    plan.together(sizes.actions());
    forgetWhenComplete();
  }

  private void recreate() {
    old.stream().filter(sizes::isActive).forEach(set -> sizes.resize(set, 0));
    if (!sizes.changesSize() && !oldPodsRun() && ensureNew()) {
      fresh
          .filter(set -> sizes.sizeOf(set) != strategy.replicas())
          .ifPresent(set -> sizes.resize(set, strategy.replicas()));
    }
    plan.together(sizes.actions());
    forgetWhenComplete();
  }

  private boolean oldPodsRun() {
    return old.stream()
        .anyMatch(
            set ->
                set.status().number(0, "replicas") > 0
                    || siblings.podsOf().apply(set).stream()
                        .anyMatch(pod -> !Pods.isFinished(pod)));
  }

  /** Creates the ReplicaSet of the present template; false when its name is taken. */
  private boolean ensureNew() {
    if (fresh.isPresent()) {
      return true;
    }
    long size = Rollout.newSize(strategy, 0, sizes.sizeOf(old));
    KubeObject set = Revision.create(deployment, nextRevision(), size, strategy);
    if (siblings.isTaken().test(set.name())) {
      status = status.with("collisionCount", status.number(0, "collisionCount") + 1);
      return false;
    }
    create(set, size);
    fresh = Optional.of(set);
    sizes.created(set);
    if (Progress.hasDeadline(deployment)) {
      setProgressing(
          "True", "NewReplicaSetCreated", "Created new replica set \"%s\"".formatted(set.name()));
    }
    return true;
  }

  private void create(KubeObject set, long size) {
    Action creation = new Action.Create(Resources.REPLICA_SETS, set);
    if (size > 0) {
      String text = "Scaled up replica set %s from 0 to %d".formatted(set.name(), size);
      creation = creation.announcing(Announcement.ofDone(deployment, "ScalingReplicaSet", text));
    }
    plan.then(creation).onFailure(failure -> creationFailed(set, failure));
  }

  private List<Action> creationFailed(KubeObject set, ApiException failure) {
    String reason = "ReplicaSetCreateError";
    String text =
        "Failed to create new replica set \"%s\": %s".formatted(set.name(), failure.getMessage());
    Action told = new Action.Emit(Note.warning(deployment, reason, text));
    Tree failed =
        DeploymentStatus.with(
            deployment.status(),
            DeploymentStatus.condition(DeploymentStatus.PROGRESSING, "False", reason, text, now));
    return !Progress.hasDeadline(deployment) || failed.equals(deployment.status())
        ? List.of(told)
        : List.of(
            Action.updateStatus(Resources.DEPLOYMENTS, deployment.with(failed, "status")), told);
  }

  private void forgetWhenComplete() {
    if (progress.isComplete(deployment.status())) {
      forgetOldRevisions();
    }
  }

  /** Deletes the ReplicaSets of the oldest revisions that nothing depends on any more. */
  private void forgetOldRevisions() {
    long limit = deployment.spec().number(Integer.MAX_VALUE, "revisionHistoryLimit");
    List<KubeObject> kept =
        old.stream()
            .filter(set -> !set.isBeingDeleted())
            .sorted(Comparator.comparingLong(Revision::numberOf).thenComparing(Rollout.BY_AGE))
            .toList();
    plan.together(
        kept.stream()
            .limit(Math.max(0, kept.size() - limit))
            .filter(DeploymentPlanner::isAtRest)
            .map(set -> Action.delete(Resources.REPLICA_SETS, set))
            .toList());
  }

  private static boolean isAtRest(KubeObject set) {
    return Resizing.size(set) == 0
        && set.status().number(0, "replicas") == 0
        && set.generation() <= set.status().number(0, "observedGeneration");
  }

  private List<KubeObject> all() {
    List<KubeObject> all = new ArrayList<>(old);
    fresh.ifPresent(all::add);
    return all;
  }

  private Tree counted() {
    return DeploymentStatus.of(
        deployment, status, strategy, sizes.now(all()), fresh.map(sizes::now), now);
  }

  private Plan finish(Tree next) {
    if (!next.equals(deployment.status())) {
      plan.then(Action.updateStatus(Resources.DEPLOYMENTS, deployment.with(next, "status")));
    }
    fresh.map(sizes::now).ifPresent(this::showRevision);
    progress.untilDeadline(next).ifPresent(plan::againAfter);
    return plan.build();
  }

  private void showRevision(KubeObject set) {
    String number = set.annotations().getOrDefault(Revision.NUMBER, "");
    if (!number.isEmpty() && !number.equals(deployment.annotations().get(Revision.NUMBER))) {
      Tree patch = Tree.EMPTY.withAt(number, "metadata", "annotations", Revision.NUMBER);
      plan.then(Action.merge(Resources.DEPLOYMENTS, deployment, patch));
    }
  }
}
