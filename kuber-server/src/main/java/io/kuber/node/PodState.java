package io.kuber.node;

import com.google.common.collect.ImmutableMap;
import io.kuber.node.ContainerState.Phase;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is the case with one pod on this node. Immutable; every event makes a new one.
 *
 * @param sandbox where the pod's namespaces and address stand
 * @param ip its address; empty before it has one
 * @param startTime when this node first heard of it
 * @param verdict why the pod has failed whatever its containers do, if it has
 * @param resizing what its containers were allocated, and whether they have it
 * @param containers by name; those that are not in it are new
 */
record PodState(
    Sandbox sandbox,
    String ip,
    Instant startTime,
    Optional<Verdict> verdict,
    Optional<String> sandboxProblem,
    Instant sandboxNotBefore,
    Resizing resizing,
    Map<String, ContainerState> containers) {
  PodState {
    containers = ImmutableMap.copyOf(containers);
  }

  /**
   * Why a pod has failed, such as {@code DeadlineExceeded} or {@code OutOfcpu}.
   *
   * @param grace what its containers have to end at most, if that is not what the pod says
   */
  record Verdict(String reason, String message, Optional<Duration> grace) {
    private static final String EVICTED = "Evicted";
    private static final String PREEMPTED = "Preempting";
    private static final Duration EVICTION_GRACE = Duration.ofSeconds(1);

    Verdict(String reason, String message) {
      this(reason, message, Optional.empty());
    }

    /** The node is short of something, which leaves no time (kubelet, hard eviction). */
    static Verdict evicted(String message) {
      return new Verdict(EVICTED, message, Optional.of(EVICTION_GRACE));
    }

    /** Another pod needs the room, which the node cannot do without. */
    static Verdict preempted() {
      return new Verdict(PREEMPTED, "Preempted in order to admit critical pod");
    }

    /** Whether the pod has to go through no fault of its own. */
    boolean isEviction() {
      return reason.equals(EVICTED) || reason.equals(PREEMPTED);
    }
  }

  /** The life of what a pod's containers share: namespaces, address, volumes. */
  enum Sandbox {
    ABSENT,
    MAKING,
    READY,
    REMOVING,
    GONE
  }

  /**
   * The state of a pod that an earlier run of the agent may have started: its containers ended with
   * that run, those that had ended before stay as they are. Init containers run again, because the
   * pod's volumes are made anew.
   */
  static PodState of(KubeObject pod, Instant now) {
    Map<String, ContainerState> known = new LinkedHashMap<>();
    boolean over = PodPhase.parse(pod.status().text("phase")).filter(PodPhase::isFinal).isPresent();
    List<String> kept =
        over
            ? List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")
            : List.of("containerStatuses", "ephemeralContainerStatuses");
    for (String field : kept) {
      for (Tree status : pod.status().items(field).trees()) {
        EarlierRun.container(status, now)
            .ifPresent(container -> known.put(status.text("name"), container));
      }
    }
    String start = pod.status().text("startTime");
    return new PodState(
        Sandbox.ABSENT,
        known.isEmpty() ? "" : pod.status().text("podIP"),
        start.isEmpty() ? now : Instant.parse(start),
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        Resizing.of(pod),
        known);
  }

  /** The same pod with its sandbox as it stands, and containers of which more is known. */
  PodState takenOver(String address, Map<String, ContainerState> found) {
    Map<String, ContainerState> all = new LinkedHashMap<>(containers);
    all.putAll(found);
    return new PodState(
        Sandbox.READY,
        address,
        startTime,
        verdict,
        Optional.empty(),
        sandboxNotBefore,
        resizing,
        all);
  }

  ContainerState container(String name) {
    return containers.getOrDefault(name, ContainerState.NEW);
  }

  boolean anyAlive() {
    return containers.values().stream().anyMatch(ContainerState::isAlive);
  }

  boolean is(String name, Phase phase) {
    return container(name).phase() == phase;
  }

  PodState with(String name, UnaryOperator<ContainerState> change) {
    Map<String, ContainerState> changed = new LinkedHashMap<>(containers);
    changed.put(name, change.apply(container(name)));
    return new PodState(
        sandbox, ip, startTime, verdict, sandboxProblem, sandboxNotBefore, resizing, changed);
  }

  PodState in(Sandbox next) {
    return new PodState(
        next, ip, startTime, verdict, Optional.empty(), sandboxNotBefore, resizing, containers);
  }

  PodState sandboxReady(String address) {
    return new PodState(
        Sandbox.READY,
        address,
        startTime,
        verdict,
        Optional.empty(),
        sandboxNotBefore,
        resizing,
        containers);
  }

  PodState sandboxFailed(String problem, Instant tryAgain) {
    return new PodState(
        Sandbox.ABSENT,
        ip,
        startTime,
        verdict,
        Optional.of(problem),
        tryAgain,
        resizing,
        containers);
  }

  /** The pod has failed, whatever its containers do; what still runs is ended. */
  PodState failed(Verdict why) {
    return new PodState(
        sandbox,
        ip,
        startTime,
        Optional.of(why),
        sandboxProblem,
        sandboxNotBefore,
        resizing,
        containers);
  }

  /** What containers were allocated, or have, changes. */
  PodState with(Resizing next) {
    return new PodState(
        sandbox, ip, startTime, verdict, sandboxProblem, sandboxNotBefore, next, containers);
  }
}
