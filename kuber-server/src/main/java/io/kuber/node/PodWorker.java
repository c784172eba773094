package io.kuber.node;

import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.container.Container;
import io.kuber.container.ContainerStartException;
import io.kuber.container.Exit;
import io.kuber.loop.Loop;
import io.kuber.loop.Loop.Timer;
import io.kuber.node.ContainerState.Phase;
import io.kuber.node.ContainerState.Problem;
import io.kuber.node.ContainerState.Termination;
import io.kuber.node.PodAssembly.Running;
import io.kuber.node.PodMachine.Decision;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.PodState.Sandbox;
import io.kuber.node.image.ImagePullException;
import io.kuber.node.probe.ProbeResult;
import io.kuber.node.volume.VolumeException;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does for one pod what {@link PodMachine} decides, and has its status written.
 *
 * <p>Every method runs on the node's loop, which owns all fields; actions run on worker threads and
 * hand their result back to the loop.
 */
final class PodWorker {
  private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** How long a failed pull is shown as such before the wait for the next one is. */
  private static final Duration FAILED_PULL_SHOWN = Duration.ofSeconds(1);

  private static final int SIGTERM = 15;
  private static final int SIGKILL = 9;

  private final PodMachinery machinery;
  private final Client client;
  private final PodEvents events;
  private final Loop loop;
  private final Executor workers;
  private final Runnable onGone;
  private final PodAssembly assembly;
  private final PodProbes probes;
  private final StatusWriter status;

  private KubeObject object;
  private PodSpec pod;
  private PodState state;
  private boolean objectIsGone;
  private boolean deleting;
  private boolean over;
  private @Nullable Timer wakeUp;

  PodWorker(
      PodMachinery machinery,
      Client client,
      PodEvents events,
      Loop loop,
      Executor workers,
      KubeObject object,
      Runnable onGone) {
    this.machinery = machinery;
    this.client = client;
    this.events = events;
    this.loop = loop;
    this.workers = workers;
    this.onGone = onGone;
    this.object = object;
    this.pod = PodSpec.of(object);
    this.state = PodState.of(object, now());
    this.assembly = new PodAssembly(machinery, object);
    this.probes = new PodProbes(loop, workers, this::probed);
    this.status = new StatusWriter(client, loop, object);
  }

  KubeObject object() {
    return object;
  }

  PodState state() {
    return state;
  }

  PodAssembly assembly() {
    return assembly;
  }

  /** The pod object changed; or it is there for the first time. */
  void changed(KubeObject newer) {
    object = newer;
    pod = PodSpec.of(newer);
    step();
  }

  /** The pod object is gone: whatever still runs is ended at once. */
  void removed() {
    if (!over) {
      objectIsGone = true;
      status.close();
      changed(
          object
              .with(now().toString(), "metadata", "deletionTimestamp")
              .with(0L, "metadata", "deletionGracePeriodSeconds"));
    }
  }

  /** Nothing is decided or written any more; what runs is somebody else's to end. */
  void abandon() {
    over = true;
    status.close();
    pod.all().forEach(container -> probes.stop(container.name()));
    if (wakeUp != null) {
      wakeUp.cancel();
    }
  }

  private Instant now() {
    return machinery.clock().instant();
  }

  private void step() {
    if (over) {
      return;
    }
    Decision decision = PodMachine.decide(pod, state, now());
    decision.actions().forEach(this::act);
    if (wakeUp != null) {
      wakeUp.cancel();
    }
    wakeUp =
        over
            ? null
            : decision
                .wakeAt()
                .map(at -> loop.schedule(Duration.between(now(), at), this::step))
                .orElse(null);
    writeStatus();
  }

  private void act(PodAction action) {
    if (action instanceof PodAction.MakeSandbox) {
      makeSandbox();
    } else if (action instanceof PodAction.Start start) {
      start(declared(start.container()));
    } else if (action instanceof PodAction.Stop stop) {
      stop(stop);
    } else if (action instanceof PodAction.Kill kill) {
      kill(kill.container());
    } else if (action instanceof PodAction.RemoveSandbox) {
      removeSandbox();
    } else if (action instanceof PodAction.DeleteObject) {
      deleteObject();
    }
  }

  /** Runs {@code action} on a worker thread, and what follows on the loop, unless all is over. */
  private <T> void later(Callable<T> action, Consumer<T> done, Consumer<Throwable> failed) {
    try {
      workers.execute(
          () -> {
            try {
              T result = action.call();
              loop.execute(() -> unlessOver(() -> done.accept(result)));
            } catch (Exception | Error e) {
              loop.execute(() -> unlessOver(() -> failed.accept(e)));
            }
          });
    } catch (RejectedExecutionException tooMuch) {
      loop.schedule(RETRY, () -> unlessOver(() -> failed.accept(tooMuch)));
    }
  }

  private void unlessOver(Runnable task) {
    if (!over) {
      task.run();
    }
  }

  private void makeSandbox() {
    state = state.in(Sandbox.MAKING);
    later(
        assembly::makeSandbox,
        ip -> {
          state = state.sandboxReady(ip);
          step();
        },
        failure -> {
          LOG.warn("no sandbox for pod {}/{}: {}", pod.namespace(), pod.name(), text(failure));
          String reason =
              failure instanceof VolumeException ? "FailedMount" : "FailedCreatePodSandBox";
          events.record(object, "", true, reason, text(failure));
          state = state.sandboxFailed(text(failure), now().plus(ContainerState.FIRST_BACK_OFF));
          step();
        });
  }

  private void start(PodContainer declared) {
    String name = declared.name();
    ContainerState before = state.container(name);
    int attempt = before.last().isPresent() ? before.restarts() + 1 : before.restarts();
    state = state.with(name, ContainerState::starting);
    later(
        () -> {
          assembly.removeContainer(name);
          Running running = assembly.start(declared, attempt);
          ProbeResult hook = Hooks.afterStart(declared, state.ip(), running);
          return new Started(running, hook);
        },
        started -> started(declared, started),
        failure -> notStarted(declared, failure));
  }

  /** A container that has just been started, and how its {@code postStart} hook fared. */
  private record Started(Running running, ProbeResult hook) {}

  private void started(PodContainer declared, Started begun) {
    String name = declared.name();
    Container container = begun.running().container();
    events.record(object, name, false, "Created", "Container created");
    events.record(object, name, false, "Started", "Container started");
    boolean isStarted = !declared.has("startupProbe");
    boolean isReady = isStarted && !declared.has("readinessProbe");
    String image = begun.running().imageId();
    state =
        state.with(
            name,
            current ->
                current.running(container.id(), image, container.startedAt(), isStarted, isReady));
    container
        .exit()
        .thenAccept(
            exit ->
                later(
                    () -> begun.running().message().read(exit.code() != 0),
                    message -> exited(name, container, exit, message),
                    failure -> exited(name, container, exit, "")));
    if (begun.hook().success()) {
      probes.start(declared, state.ip(), begun.running());
    } else {
      events.record(object, name, true, "FailedPostStartHook", begun.hook().message());
      stop(new PodAction.Stop(name, pod.gracePeriod(), "FailedPostStartHook"));
    }
    step();
  }

  private void exited(String name, Container container, Exit exit, String message) {
    probes.stop(name);
    String reason = exit.oomKilled() ? "OOMKilled" : exit.code() == 0 ? "Completed" : "Error";
    Termination termination =
        new Termination(
            container.id(),
            exit.code(),
            exit.signal(),
            reason,
            message,
            state.container(name).startedAt(),
            exit.finishedAt());
    state = state.with(name, before -> before.exited(termination));
    tellBackOff(name);
    step();
  }

  private void tellBackOff(String name) {
    ContainerState ended = state.container(name);
    if (pod.deletion().isEmpty()
        && ended.notBefore().isAfter(now())
        && PodMachine.restarts(pod.policy(declared(name)), ended)) {
      events.record(
          object,
          name,
          true,
          "BackOff",
          "Back-off restarting failed container %s in pod %s_%s(%s)"
              .formatted(name, pod.name(), pod.namespace(), pod.uid()));
    }
  }

  private void notStarted(PodContainer declared, Throwable failure) {
    String name = declared.name();
    events.record(object, name, true, "Failed", "Error: " + text(failure));
    if (failure instanceof ContainerStartException refused) {
      startRefused(name, refused);
    } else {
      Problem problem = problem(failure);
      state = state.with(name, current -> current.failedToStart(problem, now()));
      if (failure instanceof ImagePullException) {
        loop.schedule(FAILED_PULL_SHOWN, () -> backOffPull(declared, problem));
      }
    }
    step();
  }

  /** The program cannot be executed: that is an end of the container, with an exit code. */
  private void startRefused(String name, ContainerStartException refused) {
    Instant now = now();
    Termination end =
        new Termination("", refused.exitCode(), 0, "StartError", text(refused), now, now);
    state = state.with(name, current -> current.exited(end));
    tellBackOff(name);
  }

  private void backOffPull(PodContainer declared, Problem failed) {
    ContainerState current = state.container(declared.name());
    if (current.phase() == Phase.WAITING && current.problem().filter(failed::equals).isPresent()) {
      String message = "Back-off pulling image \"" + declared.image() + "\"";
      events.record(object, declared.name(), false, "BackOff", message);
      Problem waiting =
          new Problem("ImagePullBackOff", message + ": ErrImagePull: " + failed.message());
      state = state.with(declared.name(), pulled -> pulled.backingOff(waiting));
      step();
    }
  }

  private static Problem problem(Throwable failure) {
    if (failure instanceof ImagePullException) {
      return new Problem("ErrImagePull", text(failure));
    }
    if (failure instanceof ContainerConfigException) {
      return new Problem("CreateContainerConfigError", text(failure));
    }
    return new Problem("RunContainerError", text(failure));
  }

  private void stop(PodAction.Stop stop) {
    String name = stop.container();
    probes.stop(name);
    events.record(object, name, false, "Killing", stop.why());
    state = state.with(name, current -> current.stopping(now().plus(stop.grace())));
    Optional<Running> running = assembly.running(name);
    if (running.isEmpty() || stop.grace().isZero()) {
      kill(name);
      return;
    }
    PodContainer declared = declared(name);
    Container container = running.get().container();
    if (!Hooks.has(declared, "preStop")) {
      container.signal(SIGTERM);
      return;
    }
    later(
        () -> Hooks.beforeStop(declared, stop.grace(), state.ip(), running.get()),
        result -> {
          if (!result.success()) {
            events.record(object, name, true, "FailedPreStopHook", result.message());
          }
          container.signal(SIGTERM);
        },
        failure -> container.signal(SIGTERM));
  }

  private void kill(String name) {
    state = state.with(name, ContainerState::killed);
    assembly.running(name).ifPresent(running -> running.container().signal(SIGKILL));
  }

  private void removeSandbox() {
    state = state.in(Sandbox.REMOVING);
    later(
        () -> {
          assembly.removeSandbox();
          return "";
        },
        done -> {
          state = state.in(Sandbox.GONE);
          step();
        },
        failure -> {
          LOG.warn("pod {}/{} not taken away yet: {}", pod.namespace(), pod.name(), text(failure));
          loop.schedule(
              RETRY,
              () -> {
                state = state.in(Sandbox.READY);
                step();
              });
        });
  }

  /** The object's end is heard from the watch, because finalizers may keep it for long. */
  private void deleteObject() {
    if (objectIsGone) {
      finish();
    } else if (!deleting) {
      deleting = true;
      DeleteOptions now = new DeleteOptions(0, "", pod.uid(), "");
      client
          .delete(Resources.PODS, pod.namespace(), pod.name(), now)
          .whenComplete((done, failure) -> loop.execute(() -> deleted(failure)));
    }
  }

  private void deleted(@Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    if (Refusals.isReason(failure, StatusReason.NOT_FOUND, StatusReason.CONFLICT)) {
      removed();
    } else {
      deleting = false;
      loop.schedule(RETRY, this::step);
    }
  }

  private void finish() {
    over = true;
    status.close();
    onGone.run();
    try {
      workers.execute(assembly::deleteFiles);
    } catch (RejectedExecutionException tooMuch) {
      LOG.warn("files of pod {}/{} stay behind", pod.namespace(), pod.name());
    }
  }

  /** A probe changed its mind. */
  private void probed(PodProbes.Finding finding) {
    String name = finding.container();
    if (over || !state.is(name, Phase.RUNNING)) {
      return;
    }
    switch (finding.kind()) {
      case STARTED -> {
        boolean isReady = !declared(name).has("readinessProbe");
        state = state.with(name, current -> current.withStarted(true).withReady(isReady));
      }
      case READY -> state = state.with(name, current -> current.withReady(true));
      case UNREADY -> {
        unhealthy(name, "Readiness probe failed: " + finding.message());
        state = state.with(name, current -> current.withReady(false));
      }
      case DEAD -> {
        unhealthy(name, finding.message());
        String why = "Container " + name + " failed liveness probe, will be restarted";
        stop(new PodAction.Stop(name, pod.gracePeriod(), why));
      }
    }
    step();
  }

  private void unhealthy(String container, String message) {
    events.record(object, container, true, "Unhealthy", message);
  }

  private void writeStatus() {
    boolean wasOverBefore = pod.over().isPresent() && state.sandbox() == Sandbox.ABSENT;
    if (!over && !wasOverBefore) {
      status.write(PodStatus.of(pod, state, object, machinery.config().hostIp(), now()));
    }
  }

  private PodContainer declared(String name) {
    return pod.all()
        .filter(container -> container.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("pod without container " + name));
  }

  private static String text(Throwable failure) {
    return Refusals.text(failure);
  }
}
