package io.kuber.node;

import io.kuber.node.ContainerState.Phase;
import io.kuber.node.ContainerState.Termination;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.object.Tree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The statuses of one pod's containers as the API tells them (core/v1 ContainerStatus). Pure. */
final class ContainerStatus {
  private final PodSpec pod;
  private final PodState state;
  private final Instant now;

  ContainerStatus(PodSpec pod, PodState state, Instant now) {
    this.pod = pod;
    this.state = state;
    this.now = now;
  }

  Tree of(PodContainer container) {
    ContainerState current = state.container(container.name());
    boolean isInit = pod.initContainers().contains(container) && !container.sidecar();
    Tree.Builder status =
        Tree.builder()
            .put("name", container.name())
            .put("state", stateTree(container, current))
            .put("lastState", lastState(current))
            .put("ready", isInit ? current.hasSucceeded() : PodConditions.isReady(current))
            .put("restartCount", (long) current.restarts())
            .put("image", image(container, current))
            .put("imageID", current.instance().imageId())
            .put("started", current.phase() == Phase.RUNNING && current.started());
    current.instance().granted().forEach(status::put);
    Tree allocated = container.resources().tree("requests");
    if (!current.instance().granted().isEmpty() && !allocated.isEmpty()) {
      status.put("allocatedResources", allocated);
    }
    if (!current.id().isEmpty()) {
      status.put("containerID", "kuber://" + current.id());
    }
    return status.build();
  }

  /** The image of what has run, which may not be the one that is wanted now. */
  private static String image(PodContainer container, ContainerState current) {
    String ofInstance = current.instance().image();
    return ofInstance.isEmpty() ? container.image() : ofInstance;
  }

  private Tree stateTree(PodContainer container, ContainerState current) {
    return switch (current.phase()) {
      case RUNNING, STOPPING, KILLED ->
          Tree.of("running", Tree.of("startedAt", PodStatus.text(current.instance().startedAt())));
      case EXITED ->
          waitsForRestart(container, current)
              ? waiting("CrashLoopBackOff", crashLoopMessage(container, current))
              : current.last().map(ContainerStatus::terminated).orElse(Tree.EMPTY);
      case WAITING ->
          current
              .problem()
              .map(problem -> waiting(problem.reason(), problem.message()))
              .or(() -> current.last().map(ContainerStatus::terminated))
              .orElseGet(() -> waiting(firstReason(), state.sandboxProblem().orElse("")));
      case STARTING ->
          current
              .last()
              .map(ContainerStatus::terminated)
              .orElseGet(() -> waiting(firstReason(), ""));
    };
  }

  private String firstReason() {
    boolean initialized =
        pod.initContainers().stream().allMatch(init -> PodConditions.isInitialized(init, state));
    return initialized ? "ContainerCreating" : "PodInitializing";
  }

  private boolean waitsForRestart(PodContainer container, ContainerState current) {
    return container.restarts(current)
        && current.notBefore().isAfter(now)
        && pod.deletion().isEmpty()
        && state.verdict().isEmpty();
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
    boolean isToldAsState =
        !current.hasProcess() && current.problem().isEmpty() && current.backOff().next().isZero();
    return isToldAsState
        ? Tree.EMPTY
        : current.last().map(ContainerStatus::terminated).orElse(Tree.EMPTY);
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
            .put("startedAt", PodStatus.text(last.startedAt()))
            .put("finishedAt", PodStatus.text(last.finishedAt()))
            .put("containerID", last.id().isEmpty() ? "" : "kuber://" + last.id())
            .build());
  }
}
