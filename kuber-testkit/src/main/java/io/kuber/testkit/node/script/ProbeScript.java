package io.kuber.testkit.node.script;

import io.kuber.object.KubeObject;

/** Says whether the probes that pods declare pass. Asked on the loop of the nodes. */
@FunctionalInterface
public interface ProbeScript {
  /** Whether it passes this time. */
  boolean passes(Probe probe);

  /**
   * A probe of a container.
   *
   * @param pod as it is now
   */
  record Probe(KubeObject pod, String container, Kind kind) {}

  /** What a probe is for. */
  enum Kind {
    /** Whether the container has started; the others wait for it. */
    STARTUP("startupProbe", "Startup"),
    /** Whether it lives; when it does not, it is restarted. */
    LIVENESS("livenessProbe", "Liveness"),
    /** Whether it takes traffic. */
    READINESS("readinessProbe", "Readiness");

    private final String field;
    private final String word;

    Kind(String field, String word) {
      this.field = field;
      this.word = word;
    }

    /** The field of the container that declares it. */
    public String field() {
      return field;
    }

    /** What events call it. */
    public String word() {
      return word;
    }
  }
}
