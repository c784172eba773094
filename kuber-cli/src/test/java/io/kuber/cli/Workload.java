package io.kuber.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A workload of the group {@code apps} as people write it, with pods of one container.
 *
 * @param name of the workload; its pods have it as their label {@code app}
 * @param spec lines of {@code spec}, but for selector and template
 * @param pods lines of the template's {@code spec}, but for the containers
 */
record Workload(String kind, String name, List<String> spec, List<String> pods) {
  /** The image of the container. */
  static final String IMAGE = "kuber.io/kuard:1";

  private static final String YAML =
      """
      apiVersion: apps/v1
      kind: %1$s
      metadata: {name: %2$s}
      spec:
        %3$s
        selector: {matchLabels: {app: %2$s}}
        template:
          metadata: {labels: {app: %2$s}}
          spec:
            %4$s
            containers: [{name: c, image: %5$s}]
      """;

  /** Copies the lines. */
  Workload {
    spec = List.copyOf(spec);
    pods = List.copyOf(pods);
  }

  static Workload of(String kind, String name) {
    return new Workload(kind, name, List.of(), List.of());
  }

  /** The same with more lines in its {@code spec}. */
  Workload with(String... lines) {
    return new Workload(kind, name, joined(spec, lines), pods);
  }

  /** The same with more lines in the {@code spec} of its pods. */
  Workload ofPods(String... lines) {
    return new Workload(kind, name, spec, joined(pods, lines));
  }

  private static List<String> joined(List<String> before, String... lines) {
    List<String> all = new ArrayList<>(before);
    all.addAll(List.of(lines));
    return all;
  }

  String yaml() {
    return YAML.formatted(
        kind, name, String.join("\n  ", spec), String.join("\n      ", pods), IMAGE);
  }

  /** What a manifest of 2017 says: a group and version of then, and no selector. */
  String yaml(String apiVersion) {
    return yaml().replace("apps/v1", apiVersion).replaceFirst("  selector: .*\n", "");
  }

  /** Has it applied, and waits until all of it runs. */
  void runs(Kubectl kubectl) throws Exception {
    kubectl.doesWith(yaml(), "apply", "-f", "-");
    if (kind.equals("ReplicaSet")) {
      kubectl.until(
          set -> set.matches("(\\d+) \\1"),
          "get",
          "rs/" + name,
          "-o",
          "jsonpath={.spec.replicas} {.status.readyReplicas}");
    } else {
      rolled(kubectl, kind + "/" + name);
    }
  }

  /** Waits until the workload runs as it should. */
  static void rolled(Kubectl kubectl, String workload) throws Exception {
    kubectl.does("rollout", "status", workload, "--timeout=60s");
  }
}
