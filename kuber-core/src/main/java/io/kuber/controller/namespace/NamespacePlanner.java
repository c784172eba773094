package io.kuber.controller.namespace;

import io.kuber.api.ApiException;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Decides what becomes of the contents of a namespace in deletion, and when it may go. */
final class NamespacePlanner {
  /** The finalizer in the spec of every namespace. */
  private static final String FINALIZER = "kubernetes";

  private static final String CONTENT_FAILURE = "NamespaceDeletionContentFailure";

  /** Objects deleted by one plan; the changes they make bring the next. */
  private static final int MAX_DELETIONS_PER_PLAN = 500;

  private NamespacePlanner() {}

  /** Plans for a namespace that is being deleted and holds {@code content}. */
  static Plan plan(KubeObject namespace, Map<ResourceType, List<KubeObject>> content, Instant now) {
    Plan.Builder plan = Plan.builder();
    Tree status = conditions(namespace, content, now);
    if (content.isEmpty()) {
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
    Tree failed =
        put(status, Condition.of(CONTENT_FAILURE, "True", "ContentDeletionFailed", message, now));
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

  private static Tree conditions(
      KubeObject namespace, Map<ResourceType, List<KubeObject>> content, Instant now) {
    Tree status = namespace.status().with("phase", "Terminating");
    status =
        put(
            status,
            "NamespaceDeletionDiscoveryFailure",
            "ResourcesDiscovered",
            "All resources successfully discovered",
            now);
    status =
        put(
            status,
            "NamespaceDeletionGroupVersionParsingFailure",
            "ParsedGroupVersions",
            "All legacy kube types successfully parsed",
            now);
    status =
        put(
            status,
            CONTENT_FAILURE,
            "ContentDeleted",
            "All content successfully deleted, may be waiting on finalization",
            now);
    return remainingFinalizers(remainingContent(status, content, now), content, now);
  }

  private static Tree put(Tree status, String type, String reason, String message, Instant now) {
    return put(status, Condition.of(type, "False", reason, message, now));
  }

  private static Tree put(Tree status, Condition condition) {
    return condition.putInto(status);
  }

  private static Tree remainingContent(
      Tree status, Map<ResourceType, List<KubeObject>> content, Instant now) {
    String type = "NamespaceContentRemaining";
    if (content.isEmpty()) {
      return put(status, type, "ContentRemoved", "All content successfully removed", now);
    }
    Map<String, Integer> counts = new TreeMap<>();
    content.forEach((resource, objects) -> counts.put(nameOf(resource), objects.size()));
    String message =
        "Some resources are remaining: "
            + counts.entrySet().stream()
                .map(count -> count.getKey() + " has " + count.getValue() + " resource instances")
                .collect(Collectors.joining(", "));
    return put(status, Condition.of(type, "True", "SomeResourcesRemain", message, now));
  }

  /** Upstream writes the empty group with its point. */
  private static String nameOf(ResourceType type) {
    return type.plural() + "." + type.group();
  }

  private static Tree remainingFinalizers(
      Tree status, Map<ResourceType, List<KubeObject>> content, Instant now) {
    String type = "NamespaceFinalizersRemaining";
    Map<String, Integer> counts = new TreeMap<>();
    content.values().stream()
        .flatMap(List::stream)
        .flatMap(object -> object.finalizers().stream())
        .forEach(finalizer -> counts.merge(finalizer, 1, Integer::sum));
    if (counts.isEmpty()) {
      return put(
          status,
          type,
          "ContentHasNoFinalizers",
          "All content-preserving finalizers finished",
          now);
    }
    String message =
        "Some content in the namespace has finalizers remaining: "
            + counts.entrySet().stream()
                .map(count -> count.getKey() + " in " + count.getValue() + " resource instances")
                .collect(Collectors.joining(", "));
    return put(status, Condition.of(type, "True", "SomeFinalizersRemain", message, now));
  }
}
