package io.kuber.cli;

/**
 * Pods as people write them, with their name as their label {@code app}. Each text begins with the
 * separator of documents, so that they can be joined.
 */
final class PodText {
  private static final String YAML =
      """
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: %1$s, labels: {app: %1$s}}
      spec:
        terminationGracePeriodSeconds: %2$d
      %3$s""";

  private PodText() {}

  /** A pod that ends at once when it is deleted; {@code spec} says the rest. */
  static String of(String name, String spec) {
    return graceful(name, 0, spec);
  }

  /** A pod with some seconds to end in. */
  static String graceful(String name, int seconds, String spec) {
    return YAML.formatted(name, seconds, spec.indent(2));
  }

  /** A pod whose only container, {@code main}, sleeps. */
  static String sleeping(String name) {
    return of(name, "containers: [" + sleeper("main", "") + "]");
  }

  /** A container that sleeps, in YAML's flow style; {@code further} fields begin with a comma. */
  static String sleeper(String name, String further) {
    return "{name: %s, image: kuber.io/host, command: [sleep, '1000']%s}".formatted(name, further);
  }

  /** A container that runs a script of the shell, which may have no single quotes. */
  static String script(String name, String script, String further) {
    return "{name: %s, image: kuber.io/host, command: [sh, -c, '%s']%s}"
        .formatted(name, script, further);
  }

  /** The field of a container that mounts a volume. */
  static String mount(String volume, String path) {
    return ", volumeMounts: [{name: " + volume + ", mountPath: " + path + "}]";
  }
}
