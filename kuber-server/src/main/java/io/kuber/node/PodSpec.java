package io.kuber.node;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the node agent reads of a pod, lifted out of its tree.
 *
 * @param deletion when the pod is to be gone at the latest; empty while nobody has asked for that
 * @param over the final phase that the pod object tells, be it written by this node or by whoever
 *     evicted the pod; nothing is started then
 */
record PodSpec(
    String namespace,
    String name,
    String uid,
    RestartPolicy restartPolicy,
    boolean hostNetwork,
    Duration gracePeriod,
    List<PodContainer> initContainers,
    List<PodContainer> containers,
    Optional<Deletion> deletion,
    Optional<PodPhase> over) {
  private static final long DEFAULT_GRACE_SECONDS = 30;

  PodSpec {
    initContainers = List.copyOf(initContainers);
    containers = List.copyOf(containers);
  }

  /** When a container that ended is started again. */
  enum RestartPolicy {
    ALWAYS,
    ON_FAILURE,
    NEVER
  }

  /** Deletion as asked for: since when, and how long containers may take to end. */
  record Deletion(Instant deadline, Duration grace) {}

  static PodSpec of(KubeObject pod) {
    Tree spec = pod.spec();
    return new PodSpec(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        restartPolicy(spec.text("restartPolicy")),
        spec.isTrue("hostNetwork"),
        Duration.ofSeconds(spec.number(DEFAULT_GRACE_SECONDS, "terminationGracePeriodSeconds")),
        containers(spec, "initContainers"),
        containers(spec, "containers"),
        deletion(pod),
        PodPhase.parse(pod.status().text("phase")).filter(PodPhase::isFinal));
  }

  /** When a container of this pod is started again. */
  RestartPolicy policy(PodContainer container) {
    if (container.sidecar()) {
      return RestartPolicy.ALWAYS;
    }
    boolean init = initContainers.contains(container);
    return init && restartPolicy == RestartPolicy.ALWAYS ? RestartPolicy.ON_FAILURE : restartPolicy;
  }

  /** All containers, init containers first, in the order in which they start. */
  Stream<PodContainer> all() {
    return Stream.concat(initContainers.stream(), containers.stream());
  }

  private static List<PodContainer> containers(Tree spec, String field) {
    return spec.items(field).trees().stream().map(PodContainer::of).toList();
  }

  private static RestartPolicy restartPolicy(String text) {
    return switch (text) {
      case "Never" -> RestartPolicy.NEVER;
      case "OnFailure" -> RestartPolicy.ON_FAILURE;
      default -> RestartPolicy.ALWAYS;
    };
  }

  private static Optional<Deletion> deletion(KubeObject pod) {
    if (!pod.isBeingDeleted()) {
      return Optional.empty();
    }
    return Optional.of(
        new Deletion(
            Instant.parse(pod.metadata().text("deletionTimestamp")),
            Duration.ofSeconds(
                pod.metadata().number(DEFAULT_GRACE_SECONDS, "deletionGracePeriodSeconds"))));
  }

  /**
   * What the agent's brain reads of a container; starting it reads the whole {@code tree}.
   *
   * @param sidecar whether this is an init container that keeps running ({@code restartPolicy:
   *     Always})
   * @param probes by their field name: {@code livenessProbe}, {@code readinessProbe}, {@code
   *     startupProbe}
   */
  record PodContainer(
      String name, String image, boolean sidecar, Map<String, Tree> probes, Tree tree) {
    PodContainer {
      probes = Map.copyOf(probes);
    }

    private static PodContainer of(Tree tree) {
      Map<String, Tree> probes = new HashMap<>();
      for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
        if (tree.get(probe) instanceof Tree declared) {
          probes.put(probe, declared);
        }
      }
      return new PodContainer(
          tree.text("name"),
          tree.text("image"),
          tree.text("restartPolicy").equals("Always"),
          probes,
          tree);
    }

    /** The declaration of a probe; empty, which means all defaults, where there is none. */
    Tree probe(String field) {
      return probes.getOrDefault(field, Tree.EMPTY);
    }

    boolean has(String probe) {
      return probes.containsKey(probe);
    }
  }
}
