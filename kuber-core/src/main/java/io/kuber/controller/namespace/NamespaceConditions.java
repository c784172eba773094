package io.kuber.controller.namespace;

import io.kuber.controller.namespace.ForeignContent.Found;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.view.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the conditions of a namespace in deletion tell of what it still holds. Pure. */
final class NamespaceConditions {
  private static final String CONTENT_FAILURE = "NamespaceDeletionContentFailure";
  private static final String DISCOVERY_FAILURE = "NamespaceDeletionDiscoveryFailure";

  private NamespaceConditions() {}

  /** The status of a namespace that holds this. */
  static Tree of(
      KubeObject namespace,
      Map<ResourceType, List<KubeObject>> content,
      Found foreign,
      Instant now) {
    Tree status = namespace.status().with("phase", "Terminating");
    status = discovery(status, foreign, now);
    status =
        put(
            status,
            "NamespaceDeletionGroupVersionParsingFailure",
            "ParsedGroupVersions",
            "All legacy kube types successfully parsed",
            now);
    status = deletion(status, foreign, now);
    status = remainingContent(status, content, foreign, now);
    return remainingFinalizers(status, content, foreign, now);
  }

  /** The status when something could not be deleted. */
  static Tree failed(Tree status, String why, Instant now) {
    return put(status, Condition.of(CONTENT_FAILURE, "True", "ContentDeletionFailed", why, now));
  }

  private static Tree discovery(Tree status, Found foreign, Instant now) {
    List<String> away = foreign.undiscovered();
    return away.isEmpty()
        ? put(
            status,
            DISCOVERY_FAILURE,
            "ResourcesDiscovered",
            "All resources successfully discovered",
            now)
        : put(
            status,
            Condition.of(
                DISCOVERY_FAILURE,
                "True",
                "DiscoveryFailed",
                "Discovery failed for some groups, %d failing: unable to retrieve the complete list of server APIs: %s"
                    .formatted(away.size(), String.join(", ", away)),
                now));
  }

  private static Tree deletion(Tree status, Found foreign, Instant now) {
    List<String> failures = foreign.failures();
    return failures.isEmpty()
        ? put(
            status,
            CONTENT_FAILURE,
            "ContentDeleted",
            "All content successfully deleted, may be waiting on finalization",
            now)
        : failed(
            status,
            "Failed to delete all resource types, %d remaining: %s"
                .formatted(failures.size(), String.join(", ", failures)),
            now);
  }

  private static Tree put(Tree status, String type, String reason, String message, Instant now) {
    return put(status, Condition.of(type, "False", reason, message, now));
  }

  private static Tree put(Tree status, Condition condition) {
    return condition.putInto(status);
  }

  private static Tree remainingContent(
      Tree status, Map<ResourceType, List<KubeObject>> content, Found foreign, Instant now) {
    String type = "NamespaceContentRemaining";
    if (content.isEmpty() && foreign.remaining().isEmpty()) {
      return put(status, type, "ContentRemoved", "All content successfully removed", now);
    }
    Map<String, Integer> counts = new TreeMap<>(foreign.remaining());
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
      Tree status, Map<ResourceType, List<KubeObject>> content, Found foreign, Instant now) {
    String type = "NamespaceFinalizersRemaining";
    Map<String, Integer> counts = new TreeMap<>(foreign.finalizers());
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
