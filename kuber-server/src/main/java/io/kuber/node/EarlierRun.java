package io.kuber.node;

import io.kuber.container.Container;
import io.kuber.node.ContainerState.Instance;
import io.kuber.node.ContainerState.Termination;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.RunningContainers.Running;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads back what an earlier run of the agent wrote into a pod's status. Pure. */
final class EarlierRun {
  /** What the kubelet reports for a container whose end nobody saw. */
  private static final int UNSEEN_EXIT = 137;

  private static final String LOST =
      "The container could not be located when the pod was terminated";
  private static final List<String> STATUSES =
      List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses");
  private static final String SCHEME = "kuber://";

  private EarlierRun() {}

  /** A container of that run; empty if that run never started it. */
  static Optional<ContainerState> container(Tree status, Instant now) {
    Tree running = status.tree("state", "running");
    Tree ended = status.tree("state", "terminated");
    Tree before = status.tree("lastState", "terminated");
    String id = withoutScheme(status.text("containerID"));
    Optional<Termination> last;
    if (!running.isEmpty()) {
      last =
          Optional.of(
              new Termination(
                  id, UNSEEN_EXIT, 0, "ContainerStatusUnknown", LOST, startOf(running, now), now));
    } else if (!ended.isEmpty()) {
      last = Optional.of(termination(ended, now));
    } else {
      last = before.isEmpty() ? Optional.empty() : Optional.of(termination(before, now));
    }
    int restarts = (int) status.number(0, "restartCount");
    return last.map(
        termination ->
            ContainerState.ofEarlierRun(
                new Instance(
                    id,
                    status.text("image"),
                    status.text("imageID"),
                    termination.startedAt(),
                    Tree.EMPTY),
                restarts,
                termination));
  }

  /** The state of a pod whose sandbox and containers were taken over. */
  static PodState pod(KubeObject pod, PodAssembly assembly, Instant now) {
    Map<String, ContainerState> found = new LinkedHashMap<>();
    for (String field : STATUSES) {
      for (Tree status : pod.status().items(field).trees()) {
        container(status, now).ifPresent(ended -> found.put(status.text("name"), ended));
      }
    }
    PodSpec declared = PodSpec.of(pod);
    assembly
        .running()
        .forEach(
            (name, running) ->
                declared
                    .all()
                    .filter(container -> container.name().equals(name))
                    .map(
                        container ->
                            resumed(
                                container,
                                status(pod, name),
                                running,
                                EarlierContainers.attempt(pod, running),
                                now))
                    .forEach(state -> found.put(name, state)));
    return PodState.of(pod, now).takenOver(assembly.ip(), found);
  }

  /** What the status of a pod says of a container; empty when it says nothing. */
  static Tree status(KubeObject pod, String container) {
    return STATUSES.stream()
        .flatMap(field -> pod.status().items(field).trees().stream())
        .filter(status -> status.text("name").equals(container))
        .findFirst()
        .orElse(Tree.EMPTY);
  }

  /**
   * A container that runs, or has ended without anybody noticing. What the probes said last is in
   * the status, unless that is about the run before.
   */
  private static ContainerState resumed(
      PodContainer declared, Tree status, Running running, int attempt, Instant now) {
    Container container = running.container();
    boolean isTold = withoutScheme(status.text("containerID")).equals(container.id());
    if (isTold && !status.tree("state", "terminated").isEmpty()) {
      return container(status, now).orElse(ContainerState.NEW);
    }
    Tree before = status.tree("lastState", "terminated");
    Optional<Termination> last =
        isTold
            ? before.isEmpty() ? Optional.empty() : Optional.of(termination(before, now))
            : container(status, now).flatMap(ContainerState::last);
    boolean isStarted = isTold ? status.isTrue("started") : !declared.has("startupProbe");
    boolean isReady =
        isTold ? status.isTrue("ready") : isStarted && !declared.has("readinessProbe");
    return ContainerState.resumed(
        new Instance(
            container.id(),
            status.text("image").isEmpty() ? declared.image() : status.text("image"),
            running.imageId(),
            container.startedAt(),
            running.granted()),
        attempt,
        last,
        isStarted,
        isReady);
  }

  private static Termination termination(Tree ended, Instant now) {
    String finished = ended.text("finishedAt");
    return new Termination(
        withoutScheme(ended.text("containerID")),
        (int) ended.number(UNSEEN_EXIT, "exitCode"),
        (int) ended.number(0, "signal"),
        ended.text("reason"),
        ended.text("message"),
        startOf(ended, now),
        finished.isEmpty() ? now : Instant.parse(finished));
  }

  private static Instant startOf(Tree tree, Instant now) {
    String started = tree.text("startedAt");
    return started.isEmpty() ? now : Instant.parse(started);
  }

  private static String withoutScheme(String id) {
    return id.startsWith(SCHEME) ? id.substring(SCHEME.length()) : id;
  }
}
