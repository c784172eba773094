package io.kuber.controller.namespace;

import io.kuber.api.ApiException;
import io.kuber.controller.namespace.ForeignContent.Found;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides what becomes of the contents of a namespace in deletion, and when it may go. */
final class NamespacePlanner {
  /** The finalizer in the spec of every namespace. */
  private static final String FINALIZER = "kubernetes";

  /** Objects deleted by one plan; the changes they make bring the next. */
  private static final int MAX_DELETIONS_PER_PLAN = 500;

  /** Other servers are asked once more. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private NamespacePlanner() {}

  /**
   * Plans for a namespace that is being deleted.
   *
   * @param content what it holds here
   * @param foreign what it holds elsewhere
   */
  static Plan plan(
      KubeObject namespace,
      Map<ResourceType, List<KubeObject>> content,
      Found foreign,
      Instant now) {
    Plan.Builder plan = Plan.builder();
    Tree status = NamespaceConditions.of(namespace, content, foreign, now);
    if (!foreign.isNothing()) {
      plan.againAfter(AGAIN);
    } else if (content.isEmpty()) {
      return plan.then(release(namespace)).build();
    }
    plan.together(deletions(content));
    if (!status.equals(namespace.status())) {
      plan.then(Action.updateStatus(Resources.NAMESPACES, namespace.with(status, "status")));
    }
    return plan.onFailure(failure -> report(namespace, status, failure, now)).build();
  }

  private static List<Action> report(
      KubeObject namespace, Tree status, ApiException failure, Instant now) {
    String message = "Failed to delete all resource types, 1 remaining: " + failure.getMessage();
    Tree failed = NamespaceConditions.failed(status, message, now);
    return failed.equals(namespace.status())
        ? List.of()
        : List.of(Action.updateStatus(Resources.NAMESPACES, namespace.with(failed, "status")));
  }

  /** Pods go first, so that nothing they need is taken from them while they still run. */
  private static List<Action> deletions(Map<ResourceType, List<KubeObject>> content) {
    Map<ResourceType, List<KubeObject>> first =
        content.containsKey(Resources.PODS)
            ? Map.of(Resources.PODS, content.getOrDefault(Resources.PODS, List.of()))
            : content;
    List<Action> deletions = new ArrayList<>();
    first.forEach(
        (type, objects) ->
            objects.stream()
                .filter(object -> !object.isBeingDeleted())
                .forEach(object -> deletions.add(Action.delete(type, object))));
    return deletions.subList(0, Math.min(deletions.size(), MAX_DELETIONS_PER_PLAN));
  }

  private static Action release(KubeObject namespace) {
    Items finalizers = namespace.spec().items("finalizers").without(FINALIZER);
    return namespace.spec().items("finalizers").contains(FINALIZER)
        ? new Action.UpdateSubresource(
            Resources.NAMESPACES, "finalize", namespace.with(finalizers, "spec", "finalizers"))
        : Action.delete(Resources.NAMESPACES, namespace);
  }
}
