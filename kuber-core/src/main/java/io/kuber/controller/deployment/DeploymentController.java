package io.kuber.controller.deployment;

import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Claim;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches a Deployment with its ReplicaSets and lets {@link DeploymentPlanner} decide. */
public final class DeploymentController implements Controller {
  @Override
  public String name() {
    return "deployment-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.DEPLOYMENTS),
        Trigger.controllerOf(Resources.REPLICA_SETS, Resources.DEPLOYMENTS),
        Trigger.adopters(
            Resources.REPLICA_SETS,
            Resources.DEPLOYMENTS,
            deployment -> LabelSelector.ofSpec(deployment.spec())),
        Trigger.on(Resources.PODS, DeploymentController::ofGonePod));
  }

  /** A Deployment that recreates waits for the last of its old pods to be gone. */
  private static void ofGonePod(Change change, View view, Consumer<Key> sink) {
    KubeObject pod = change.after();
    if (change.isDeletion()) {
      owner(pod, "ReplicaSet")
          .flatMap(name -> view.get(Resources.REPLICA_SETS, pod.namespace(), name))
          .flatMap(replicaSet -> owner(replicaSet, "Deployment"))
          .ifPresent(name -> sink.accept(Resources.DEPLOYMENTS.key(pod.namespace(), name)));
    }
  }

  private static Optional<String> owner(KubeObject object, String kind) {
    return object
        .controller()
        .filter(reference -> reference.kind().equals(kind))
        .map(OwnerReference::name);
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key).map(deployment -> plan(view, deployment, now)).orElse(Plan.NOTHING);
  }

  private static Plan plan(View view, KubeObject deployment, Instant now) {
    Claim claim =
        Claim.of(
            view,
            Resources.REPLICA_SETS,
            Resources.DEPLOYMENTS,
            deployment,
            LabelSelector.ofSpec(deployment.spec()),
            replicaSet -> true);
    if (!claim.changes().isEmpty()) {
      return claim.plan();
    }
    Siblings siblings =
        new Siblings(
            claim.owned(),
            replicaSet -> view.controlledBy(Resources.PODS, replicaSet.uid()),
            name -> view.get(Resources.REPLICA_SETS, deployment.namespace(), name).isPresent());
    return new DeploymentPlanner(deployment, siblings, now).plan();
  }
}
