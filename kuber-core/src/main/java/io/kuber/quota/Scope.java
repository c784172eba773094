package io.kuber.quota;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.pod.QosClass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which objects a quota counts.
 *
 * @param name such as {@code BestEffort}
 * @param operator Exists where the quota only names the scope
 */
record Scope(String name, String operator, List<String> values) {
  static List<Scope> of(KubeObject quota) {
    List<Scope> scopes = new ArrayList<>();
    for (String name : quota.spec().items("scopes").texts()) {
      scopes.add(new Scope(name, "Exists", List.of()));
    }
    for (Tree term : quota.spec().items("scopeSelector", "matchExpressions").trees()) {
      scopes.add(
          new Scope(term.text("scopeName"), term.text("operator"), term.items("values").texts()));
    }
    return scopes;
  }

  /** Whether the object is in it; only pods and claims are ever in one. */
  boolean holds(ResourceType type, KubeObject object) {
    Tree spec = object.spec();
    if (type.equals(Resources.PERSISTENT_VOLUME_CLAIMS)) {
      return name.equals("VolumeAttributesClass")
          && isWanted(spec.text("volumeAttributesClassName"));
    }
    return type.equals(Resources.PODS) && holdsPod(spec);
  }

  private boolean holdsPod(Tree spec) {
    return switch (name) {
      case "Terminating" -> spec.has("activeDeadlineSeconds");
      case "NotTerminating" -> !spec.has("activeDeadlineSeconds");
      case "BestEffort" -> QosClass.of(spec).equals("BestEffort");
      case "NotBestEffort" -> !QosClass.of(spec).equals("BestEffort");
      case "PriorityClass" -> isWanted(spec.text("priorityClassName"));
      case "CrossNamespacePodAffinity" -> looksAbroad(spec.tree("affinity"));
      default -> false;
    };
  }

  private boolean isWanted(String value) {
    return switch (operator) {
      case "In" -> values.contains(value);
      case "NotIn" -> !values.contains(value);
      case "DoesNotExist" -> value.isEmpty();
      default -> !value.isEmpty();
    };
  }

  private static boolean looksAbroad(Tree affinity) {
    return Stream.of("podAffinity", "podAntiAffinity")
        .map(affinity::tree)
        .flatMap(
            kind ->
                Stream.concat(
                    kind.items("requiredDuringSchedulingIgnoredDuringExecution").trees().stream(),
                    kind.items("preferredDuringSchedulingIgnoredDuringExecution").trees().stream()
                        .map(preferred -> preferred.tree("podAffinityTerm"))))
        .anyMatch(term -> !term.items("namespaces").isEmpty() || term.has("namespaceSelector"));
  }
}
