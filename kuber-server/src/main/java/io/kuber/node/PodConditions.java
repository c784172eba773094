package io.kuber.node;

import io.kuber.node.ContainerState.Phase;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.PodState.Sandbox;
import io.kuber.node.PodState.Verdict;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The node's own conditions of a pod. Pure. Reasons and messages are those of
 * pkg/kubelet/status/generate.go.
 *
 * <p>Since when a condition holds is read from what this node said before and not from the pod
 * object, which may be some writes behind: two statuses that answer each other's echo would be
 * written for ever.
 */
final class PodConditions {
  private static final String RESIZE_PENDING = "PodResizePending";
  private static final String RESIZE_IN_PROGRESS = "PodResizeInProgress";

  /** Conditions that there are only while they hold. */
  static final List<String> PASSING = List.of(RESIZE_PENDING, RESIZE_IN_PROGRESS);

  private final PodSpec pod;
  private final PodState state;
  private final KubeObject object;
  private final PodPhase phase;
  private final Items before;
  private final Instant now;
  private final List<Tree> conditions = new ArrayList<>();

  /**
   * Conditions to be told at {@code now}.
   *
   * @param before what was told last
   */
  PodConditions(
      PodSpec pod, PodState state, KubeObject object, PodPhase phase, Items before, Instant now) {
    this.pod = pod;
    this.state = state;
    this.object = object;
    this.phase = phase;
    this.before = before;
    this.now = now;
  }

  /** What a condition says: it holds, or why not. */
  private record Claim(boolean holds, String reason, String message) {
    static final Claim TRUE = new Claim(true, "", "");

    static Claim unless(List<String> missing, String reason, String message) {
      return missing.isEmpty() ? TRUE : new Claim(false, reason, message + list(missing));
    }

    /** Names as Go prints a slice, which is what people and tools read in these messages. */
    private static String list(List<String> names) {
      return "[" + String.join(" ", names) + "]";
    }
  }

  Items all() {
    Claim containersReady = containersReady();
    put("PodReadyToStartContainers", new Claim(state.sandbox() == Sandbox.READY, "", ""));
    put("Initialized", initialized());
    put("ContainersReady", containersReady);
    put("Ready", containersReady.holds() ? gatesReady() : containersReady);
    state
        .resizing()
        .pending()
        .ifPresent(why -> put(RESIZE_PENDING, new Claim(true, why.reason(), why.message())));
    if (state.resizing().underWay()) {
      String error = state.resizing().error().orElse("");
      put(RESIZE_IN_PROGRESS, new Claim(true, error.isEmpty() ? "" : "Error", error));
    }
    state
        .verdict()
        .filter(Verdict::isEviction)
        .ifPresent(
            why -> put("DisruptionTarget", new Claim(true, "TerminationByKubelet", why.message())));
    return Items.copyOf(conditions);
  }

  private Claim initialized() {
    if (phase == PodPhase.SUCCEEDED) {
      return new Claim(true, "PodCompleted", "");
    }
    boolean anyMainStarted =
        pod.containers().stream()
            .map(container -> state.container(container.name()))
            .anyMatch(main -> main.hasProcess() || main.last().isPresent());
    List<String> waiting =
        pod.initContainers().stream()
            .filter(init -> !anyMainStarted && !isInitialized(init, state))
            .map(PodContainer::name)
            .toList();
    return Claim.unless(waiting, "ContainersNotInitialized", "containers with incomplete status: ");
  }

  /** Whether an init container has done its part: it has succeeded, or runs as a sidecar. */
  static boolean isInitialized(PodContainer init, PodState state) {
    ContainerState current = state.container(init.name());
    return init.sidecar() ? current.started() : current.hasSucceeded();
  }

  private Claim containersReady() {
    if (phase.isFinal()) {
      String reason = phase == PodPhase.SUCCEEDED ? "PodCompleted" : "PodFailed";
      return new Claim(false, reason, "");
    }
    List<String> unready =
        Stream.concat(pod.sidecars().stream(), pod.containers().stream())
            .map(PodContainer::name)
            .filter(name -> !isReady(state.container(name)))
            .toList();
    return Claim.unless(unready, "ContainersNotReady", "containers with unready status: ");
  }

  /** A container that has been told to end may still serve until it has. */
  static boolean isReady(ContainerState container) {
    return container.hasProcess() && container.phase() != Phase.KILLED && container.ready();
  }

  private Claim gatesReady() {
    List<String> messages = new ArrayList<>();
    for (Tree gate : object.spec().items("readinessGates").trees()) {
      String type = gate.text("conditionType");
      Tree condition = find(object.status().items("conditions"), type);
      if (condition.isEmpty()) {
        messages.add(
            "corresponding condition of pod readiness gate \"" + type + "\" does not exist.");
      } else if (!condition.text("status").equals("True")) {
        messages.add(
            "the status of pod readiness gate \"%s\" is not \"True\", but %s"
                .formatted(type, condition.text("status")));
      }
    }
    return messages.isEmpty()
        ? Claim.TRUE
        : new Claim(false, "ReadinessGatesNotReady", String.join(", ", messages));
  }

  private void put(String type, Claim claim) {
    String status = claim.holds() ? "True" : "False";
    Tree old = find(before, type);
    boolean same = old.text("status").equals(status);
    Tree.Builder condition =
        Tree.builder()
            .put("type", type)
            .put("status", status)
            .put("observedGeneration", object.generation())
            .put("lastProbeTime", Nil.NIL)
            .put("lastTransitionTime", same ? old.text("lastTransitionTime") : PodStatus.text(now));
    if (!claim.reason().isEmpty()) {
      condition.put("reason", claim.reason());
    }
    if (!claim.message().isEmpty()) {
      condition.put("message", claim.message());
    }
    conditions.add(condition.build());
  }

  static Tree find(Items conditions, String type) {
    return conditions.trees().stream()
        .filter(condition -> condition.text("type").equals(type))
        .findFirst()
        .orElse(Tree.EMPTY);
  }
}
