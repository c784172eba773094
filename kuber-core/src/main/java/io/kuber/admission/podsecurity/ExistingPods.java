package io.kuber.admission.podsecurity;

import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is to be said of the pods of a namespace when it becomes stricter. */
final class ExistingPods {
  /** More are not looked at. */
  static final int MOST = 3000;

  private ExistingPods() {}

  static List<String> warnings(
      Image image, String namespace, Standard standard, Exemptions exemptions) {
    Map<String, List<String>> podsByReason = new TreeMap<>();
    Iterator<Stored> pods = image.scan(Resources.PODS.qualifiedName(), namespace, null);
    for (int i = 0; i < MOST && pods.hasNext(); i++) {
      KubeObject pod = pods.next().object();
      List<Violation> found =
          exemptions.runtimeClasses().contains(pod.spec().text("runtimeClassName"))
              ? List.of()
              : Checks.violations(standard, PodView.of(pod.tree()));
      if (!found.isEmpty()) {
        podsByReason
            .computeIfAbsent(Violation.reasons(found), reason -> new ArrayList<>())
            .add(pod.name());
      }
    }
    List<String> warnings = new ArrayList<>();
    if (pods.hasNext()) {
      warnings.add(
          "new PodSecurity enforce level only checked against the first %d of %d existing pods"
              .formatted(MOST, image.count(Resources.PODS.qualifiedName(), namespace)));
    }
    if (!podsByReason.isEmpty()) {
      warnings.add(
          "existing pods in namespace \"%s\" violate the new PodSecurity enforce level \"%s\""
              .formatted(namespace, standard.text()));
    }
    warnings.addAll(
        podsByReason.entrySet().stream()
            .map(entry -> who(entry.getValue()) + ": " + entry.getKey())
            .sorted()
            .collect(Collectors.toList()));
    return warnings;
  }

  /** The first of them by name, and how many more there are. */
  private static String who(List<String> pods) {
    String first = pods.stream().sorted().findFirst().orElseThrow();
    int others = pods.size() - 1;
    return others == 0
        ? first
        : "%s (and %d other %s)".formatted(first, others, Violation.plural("pod", others));
  }
}
