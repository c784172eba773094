package io.kuber.node;

import io.kuber.container.Container;
import io.kuber.node.ContainerState.Instance;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.RunningContainers.Running;
import io.kuber.node.image.Image;
import io.kuber.node.probe.ProbeResult;
import io.kuber.object.KubeObject;
import java.util.function.Consumer;

/**
 * Starts an instance of a container, with its {@code postStart} hook, and has it watched from then
 * on. Owned by the node's loop.
 */
final class ContainerStarter {
  private final PodBoard board;
  private final PodImages images;
  private final PodAssembly assembly;
  private final PodProbes probes;
  private final ContainerStopper stopper;
  private final ContainerEnds ends;
  private final StartFailures failures;

  ContainerStarter(
      PodBoard board,
      PodImages images,
      PodAssembly assembly,
      PodProbes probes,
      ContainerStopper stopper) {
    this.board = board;
    this.images = images;
    this.assembly = assembly;
    this.probes = probes;
    this.stopper = stopper;
    this.ends = new ContainerEnds(board, probes);
    this.failures = new StartFailures(board, ends);
  }

  /** A container that has just been started, and how its {@code postStart} hook fared. */
  private record Started(Running running, ProbeResult hook) {}

  /** The image first, which may take long and takes no worker thread meanwhile. */
  void start(PodContainer declared) {
    KubeObject pod = board.object();
    board.note(declared.name(), ContainerState::starting);
    board.later(
        () -> images.find(pod, declared),
        found -> board.when(found, image -> start(declared, image), failed(declared)),
        failed(declared));
  }

  private Consumer<Throwable> failed(PodContainer declared) {
    return failure -> failures.notStarted(declared, PodImages.cause(failure));
  }

  private void start(PodContainer declared, Image image) {
    String name = declared.name();
    ContainerState before = board.container(name);
    int attempt = before.last().isPresent() ? before.restarts() + 1 : before.restarts();
    String ip = board.state().ip();
    board.later(
        () -> {
          assembly.removeContainer(name);
          Running running = assembly.start(declared, attempt, image);
          return new Started(running, Hooks.afterStart(declared, ip, running));
        },
        started -> started(declared, started),
        failed(declared));
  }

  private void started(PodContainer declared, Started begun) {
    String name = declared.name();
    board.tell(name, "Created", "Container created");
    board.tell(name, "Started", "Container started");
    board.note(name, current -> running(declared, current, begun.running()));
    ends.await(name, begun.running());
    if (begun.hook().success()) {
      probes.start(declared, board.state().ip(), begun.running());
    } else {
      board.warn(name, "FailedPostStartHook", begun.hook().message());
      stopper.stop(new PodAction.Stop(name, board.pod().gracePeriod(), "FailedPostStartHook"));
    }
    board.step();
  }

  /** Watches over a container that an earlier run of the agent started. */
  void resume(PodContainer declared, Running running) {
    ends.await(declared.name(), running);
    probes.start(declared, board.state().ip(), running);
  }

  private static ContainerState running(
      PodContainer declared, ContainerState before, Running running) {
    boolean isStarted = !declared.has("startupProbe");
    boolean isReady = isStarted && !declared.has("readinessProbe");
    Container container = running.container();
    Instance instance =
        new Instance(
            container.id(),
            declared.image(),
            running.imageId(),
            container.startedAt(),
            running.granted());
    return before.running(instance, isStarted, isReady);
  }
}
