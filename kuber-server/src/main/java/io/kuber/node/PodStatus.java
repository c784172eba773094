package io.kuber.node;

import io.kuber.node.ContainerState.Phase;
import io.kuber.node.ContainerState.Termination;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.PodState.Sandbox;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The status of a pod as the API tells it (core/v1 PodStatus), made from what is the case on the
 * node. Pure: the same state gives the same tree, so that an unchanged status is not written again.
 */
final class PodStatus {
  private static final String UNREADY = "ContainersNotReady";

  private final PodSpec pod;
  private final PodState state;
  private final KubeObject object;
  private final PodPhase phase;
  private final Instant now;

  private PodStatus(PodSpec pod, PodState state, KubeObject object, Instant now) {
    this.pod = pod;
    this.state = state;
    this.object = object;
    this.phase = PodPhase.of(pod, state);
    this.now = now;
  }

  /**
   * The status to be merged into that of {@code object}.
   *
   * @param now for conditions that changed
   */
  static Tree of(PodSpec pod, PodState state, KubeObject object, String hostIp, Instant now) {
    return new PodStatus(pod, state, object, now).tree(hostIp);
  }

  private Tree tree(String hostIp) {
    Tree.Builder status =
        Tree.builder()
            .put("observedGeneration", object.generation())
            .put("phase", phase.text())
            .put("conditions", conditions())
            .put("hostIP", hostIp)
            .put("hostIPs", Items.of(Tree.of("ip", hostIp)))
            .put("startTime", text(state.startTime()));
    if (!state.ip().isEmpty()) {
      status.put("podIP", state.ip()).put("podIPs", Items.of(Tree.of("ip", state.ip())));
    }
    if (!pod.initContainers().isEmpty()) {
      status.put("initContainerStatuses", containerStatuses(pod.initContainers(), true));
    }
    return status.put("containerStatuses", containerStatuses(pod.containers(), false)).build();
  }

  /**
   * The node's own conditions; those of others (PodScheduled, readiness gates) stay as they are.
   */
  private Items conditions() {
    Map<String, Tree> conditions = new LinkedHashMap<>();
    object
        .status()
        .items("conditions")
        .trees()
        .forEach(condition -> conditions.put(condition.text("type"), condition));
    put(conditions, "PodReadyToStartContainers", state.sandbox() == Sandbox.READY, "", "");
    putInitialized(conditions);
    Optional<String> unready = unreadyMessage();
    put(conditions, "ContainersReady", unready.isEmpty(), notReadyReason(), unready.orElse(""));
    put(conditions, "Ready", unready.isEmpty(), notReadyReason(), unready.orElse(""));
    return Items.copyOf(conditions.values());
  }

  private void putInitialized(Map<String, Tree> conditions) {
    List<String> waiting =
        pod.initContainers().stream()
            .filter(init -> !isInitialized(init))
            .map(PodContainer::name)
            .toList();
    put(
        conditions,
        "Initialized",
        waiting.isEmpty(),
        "ContainersNotInitialized",
        "containers with incomplete status: " + list(waiting));
  }

  private boolean isInitialized(PodContainer init) {
    ContainerState current = state.container(init.name());
    return init.sidecar()
        ? current.started()
        : current.phase() == Phase.EXITED
            && current.last().filter(Termination::succeeded).isPresent();
  }

  private String notReadyReason() {
    return phase == PodPhase.SUCCEEDED ? "PodCompleted" : UNREADY;
  }

  private Optional<String> unreadyMessage() {
    if (phase == PodPhase.SUCCEEDED) {
      return Optional.of("");
    }
    List<String> unready =
        pod.containers().stream().map(PodContainer::name).filter(name -> !isReady(name)).toList();
    return unready.isEmpty()
        ? Optional.empty()
        : Optional.of("containers with unready status: " + list(unready));
  }

  private boolean isReady(String container) {
    return state.is(container, Phase.RUNNING) && state.container(container).ready();
  }

  private void put(
      Map<String, Tree> conditions, String type, boolean holds, String reason, String message) {
    String status = holds ? "True" : "False";
    Tree old = conditions.get(type);
    boolean same = old != null && old.text("status").equals(status);
    Tree.Builder condition =
        Tree.builder()
            .put("type", type)
            .put("status", status)
            .put("observedGeneration", object.generation())
            .put("lastProbeTime", Nil.NIL)
            .put(
                "lastTransitionTime",
                same && old != null ? old.text("lastTransitionTime") : text(now));
    if (!holds && !reason.isEmpty()) {
      condition.put("reason", reason);
      if (!message.isEmpty()) {
        condition.put("message", message);
      }
    }
    conditions.put(type, condition.build());
  }

  private Items containerStatuses(List<PodContainer> containers, boolean init) {
    List<Tree> statuses = new ArrayList<>();
    containers.forEach(container -> statuses.add(containerStatus(container, init)));
    return Items.copyOf(statuses);
  }

  private Tree containerStatus(PodContainer container, boolean init) {
    ContainerState current = state.container(container.name());
    boolean done = init && !container.sidecar() && isInitialized(container);
    Tree.Builder status =
        Tree.builder()
            .put("name", container.name())
            .put("state", stateTree(container, current))
            .put("lastState", lastState(current))
            .put("ready", done || isReady(container.name()))
            .put("restartCount", (long) current.restarts())
            .put("image", container.image())
            .put("imageID", current.imageId())
            .put("started", current.phase() == Phase.RUNNING && current.started());
    if (!current.id().isEmpty()) {
      status.put("containerID", "kuber://" + current.id());
    }
    return status.build();
  }

  private Tree stateTree(PodContainer container, ContainerState current) {
    return switch (current.phase()) {
      case RUNNING, STOPPING, KILLED ->
          Tree.of("running", Tree.of("startedAt", text(current.startedAt())));
      case EXITED ->
          waitsForRestart(container, current)
              ? waiting("CrashLoopBackOff", crashLoopMessage(container, current))
              : current.last().map(PodStatus::terminated).orElse(Tree.EMPTY);
      case WAITING ->
          current
              .problem()
              .map(problem -> waiting(problem.reason(), problem.message()))
              .or(() -> current.last().map(PodStatus::terminated))
              .orElseGet(() -> waiting(firstReason(), state.sandboxProblem().orElse("")));
      case STARTING ->
          current.last().map(PodStatus::terminated).orElseGet(() -> waiting(firstReason(), ""));
    };
  }

  private String firstReason() {
    boolean initialized = pod.initContainers().stream().allMatch(this::isInitialized);
    return initialized ? "ContainerCreating" : "PodInitializing";
  }

  private boolean waitsForRestart(PodContainer container, ContainerState current) {
    boolean restarts = PodMachine.restarts(pod.policy(container), current);
    return restarts && current.notBefore().isAfter(now) && pod.deletion().isEmpty();
  }

  private String crashLoopMessage(PodContainer container, ContainerState current) {
    long wait =
        current
            .last()
            .map(last -> ChronoUnit.SECONDS.between(last.finishedAt(), current.notBefore()))
            .orElse(0L);
    return "back-off %s restarting failed container=%s pod=%s_%s(%s)"
        .formatted(duration(wait), container.name(), pod.name(), pod.namespace(), pod.uid());
  }

  private static String duration(long seconds) {
    return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
  }

  private static Tree lastState(ContainerState current) {
    boolean hidden =
        !current.hasProcess() && current.problem().isEmpty() && current.backOff().isZero();
    return hidden ? Tree.EMPTY : current.last().map(PodStatus::terminated).orElse(Tree.EMPTY);
  }

  private static Tree waiting(String reason, String message) {
    Tree waiting = Tree.of("reason", reason);
    return Tree.of("waiting", message.isEmpty() ? waiting : waiting.with("message", message));
  }

  private static Tree terminated(Termination last) {
    Tree.Builder terminated = Tree.builder().put("exitCode", (long) last.exitCode());
    if (last.signal() != 0) {
      terminated.put("signal", (long) last.signal());
    }
    terminated.put("reason", last.reason());
    if (!last.message().isEmpty()) {
      terminated.put("message", last.message());
    }
    return Tree.of(
        "terminated",
        terminated
            .put("startedAt", text(last.startedAt()))
            .put("finishedAt", text(last.finishedAt()))
            .put("containerID", last.id().isEmpty() ? "" : "kuber://" + last.id())
            .build());
  }

  /** Names as Go prints a slice, which is what people and tools read in these messages. */
  private static String list(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
