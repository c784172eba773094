package io.kuber.node;

import io.kuber.node.ContainerState.Termination;
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
 * @param activeFor how long it may be on the node, if there is a limit
 * @param ephemeralContainers what {@code kubectl debug} added to it
 * @param deletion when the pod is to be gone at the latest; empty while nobody has asked for that
 * @param over the final phase that the pod object tells, be it written by this node or by whoever
 *     evicted the pod; nothing is started then
 */
record PodSpec(
    String namespace,
    String name,
    String uid,
    RestartPolicy restartPolicy,
    Duration gracePeriod,
    Optional<Duration> activeFor,
    List<PodContainer> initContainers,
    List<PodContainer> containers,
    List<PodContainer> ephemeralContainers,
    Optional<Deletion> deletion,
    Optional<PodPhase> over) {
  private static final long DEFAULT_GRACE_SECONDS = 30;

  PodSpec {
    initContainers = List.copyOf(initContainers);
    containers = List.copyOf(containers);
    ephemeralContainers = List.copyOf(ephemeralContainers);
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
    RestartPolicy policy = restartPolicy(spec.text("restartPolicy"));
    long active = spec.number(-1, "activeDeadlineSeconds");
    return new PodSpec(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        policy,
        Duration.ofSeconds(spec.number(DEFAULT_GRACE_SECONDS, "terminationGracePeriodSeconds")),
        active < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(active)),
        containers(spec, "initContainers", policy, PodContainer::init),
        containers(spec, "containers", policy, PodContainer::main),
        containers(spec, "ephemeralContainers", policy, PodContainer::ephemeral),
        deletion(pod),
        PodPhase.parse(pod.status().text("phase")).filter(PodPhase::isFinal));
  }

  /** Namespace and name, as logs tell of a pod. */
  String fullName() {
    return namespace + "/" + name;
  }

  /** All containers, in the order in which they start. */
  Stream<PodContainer> all() {
    return Stream.of(initContainers, containers, ephemeralContainers).flatMap(List::stream);
  }

  /** Those that keep running beside the main containers, in the order in which they start. */
  List<PodContainer> sidecars() {
    return initContainers.stream().filter(PodContainer::sidecar).toList();
  }

  /** Reads a container of one kind. */
  private interface Reader {
    PodContainer read(Tree container, RestartPolicy policyOfPod);
  }

  private static List<PodContainer> containers(
      Tree spec, String field, RestartPolicy policy, Reader reader) {
    return spec.items(field).trees().stream().map(tree -> reader.read(tree, policy)).toList();
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
   * @param restartPolicy its own, or that of its pod
   * @param restartRules ends after which it is started again whatever the policy
   * @param probes by their field name: {@code livenessProbe}, {@code readinessProbe}, {@code
   *     startupProbe}
   */
  record PodContainer(
      String name,
      String image,
      boolean sidecar,
      RestartPolicy restartPolicy,
      List<RestartRule> restartRules,
      Map<String, Tree> probes,
      Tree tree) {
    PodContainer {
      restartRules = List.copyOf(restartRules);
      probes = Map.copyOf(probes);
    }

    private static PodContainer main(Tree tree, RestartPolicy ofPod) {
      String own = tree.text("restartPolicy");
      return of(tree, false, own.isEmpty() ? ofPod : PodSpec.restartPolicy(own));
    }

    /** An init container that succeeded has done its work: {@code Always} of the pod spares it. */
    private static PodContainer init(Tree tree, RestartPolicy ofPod) {
      boolean sidecar = tree.text("restartPolicy").equals("Always");
      RestartPolicy policy = main(tree, ofPod).restartPolicy();
      boolean once = !sidecar && policy == RestartPolicy.ALWAYS;
      return of(tree, sidecar, once ? RestartPolicy.ON_FAILURE : policy);
    }

    private static PodContainer ephemeral(Tree tree, RestartPolicy unused) {
      return of(tree, false, RestartPolicy.NEVER);
    }

    private static PodContainer of(Tree tree, boolean sidecar, RestartPolicy policy) {
      Map<String, Tree> probes = new HashMap<>();
      for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
        if (tree.get(probe) instanceof Tree declared) {
          probes.put(probe, declared);
        }
      }
      return new PodContainer(
          tree.text("name"),
          tree.text("image"),
          sidecar,
          policy,
          RestartRule.of(tree),
          probes,
          tree);
    }

    /** Whether it is started again after such an end. */
    boolean restartsAfter(Termination end) {
      if (restartRules.stream().anyMatch(rule -> rule.matches(end.exitCode()))) {
        return true;
      }
      return switch (restartPolicy) {
        case ALWAYS -> true;
        case ON_FAILURE -> !end.succeeded();
        case NEVER -> false;
      };
    }

    /** Whether it has ended and is started again. */
    boolean restarts(ContainerState ended) {
      return ended.phase() == ContainerState.Phase.EXITED
          && ended.last().filter(this::restartsAfter).isPresent();
    }

    /** Its requests and limits. */
    Tree resources() {
      return tree.tree("resources");
    }

    /** Whether it runs with another image than the one that is wanted now. */
    boolean isOutdated(ContainerState current) {
      return current.phase() == ContainerState.Phase.RUNNING
          && !current.instance().image().equals(image);
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
