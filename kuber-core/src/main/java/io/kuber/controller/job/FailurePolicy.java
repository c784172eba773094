package io.kuber.controller.job;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the failures of pods mean, by their exit codes and conditions (upstream:
 * pkg/controller/job/pod_failure_policy.go).
 *
 * @param rules the first that matches counts
 */
record FailurePolicy(List<Tree> rules) {
  /** What a rule does about a failure. */
  enum Effect {
    COUNT,
    IGNORE,
    FAIL_INDEX,
    FAIL_JOB
  }

  /**
   * What a failed pod means.
   *
   * @param message says what happened, for an effect that ends the job
   */
  record Verdict(Effect effect, String message) {}

  static FailurePolicy of(Tree spec) {
    return new FailurePolicy(spec.items("podFailurePolicy", "rules").trees());
  }

  /** Whether the failure of the pod counts for nothing. */
  boolean ignores(KubeObject pod) {
    return judge(pod).filter(verdict -> verdict.effect() == Effect.IGNORE).isPresent();
  }

  /** What the first rule that matches says; empty when none does, and then the failure counts. */
  Optional<Verdict> judge(KubeObject pod) {
    for (int i = 0; i < rules.size(); i++) {
      Tree rule = rules.get(i);
      Optional<String> cause =
          rule.has("onExitCodes")
              ? exit(pod, rule.tree("onExitCodes"))
              : condition(pod, rule.items("onPodConditions"));
      Effect effect = effect(rule);
      if (cause.isPresent()) {
        String message =
            "%s matching %s rule at index %d".formatted(cause.get(), rule.text("action"), i);
        return Optional.of(new Verdict(effect, message));
      }
    }
    return Optional.empty();
  }

  private static Effect effect(Tree rule) {
    return switch (rule.text("action")) {
      case "Ignore" -> Effect.IGNORE;
      case "FailIndex" -> Effect.FAIL_INDEX;
      case "FailJob" -> Effect.FAIL_JOB;
      default -> Effect.COUNT;
    };
  }

  private static Optional<String> exit(KubeObject pod, Tree wanted) {
    return Stream.of("containerStatuses", "initContainerStatuses")
        .flatMap(list -> pod.status().items(list).trees().stream())
        .filter(container -> exitMatches(container, wanted))
        .findFirst()
        .map(
            container ->
                "Container %s for pod %s/%s failed with exit code %d"
                    .formatted(
                        container.text("name"), pod.namespace(), pod.name(), code(container)));
  }

  private static boolean exitMatches(Tree container, Tree wanted) {
    String name = wanted.text("containerName");
    boolean named = name.isEmpty() || name.equals(container.text("name"));
    long code = code(container);
    boolean listed =
        wanted.items("values").stream()
            .anyMatch(v -> v instanceof Number n && n.longValue() == code);
    return named && code != 0 && listed == wanted.text("operator").equals("In");
  }

  /** Zero also for a container that has not ended. */
  private static long code(Tree container) {
    return container.number(0, "state", "terminated", "exitCode");
  }

  private static Optional<String> condition(KubeObject pod, Items patterns) {
    return pod.status().items("conditions").trees().stream()
        .filter(
            condition ->
                patterns.trees().stream()
                    .anyMatch(
                        pattern ->
                            pattern.text("type").equals(condition.text("type"))
                                && pattern.text("status").equals(condition.text("status"))))
        .findFirst()
        .map(
            condition ->
                "Pod %s/%s has condition %s"
                    .formatted(pod.namespace(), pod.name(), condition.text("type")));
  }
}
