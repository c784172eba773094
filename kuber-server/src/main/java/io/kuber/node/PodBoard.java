package io.kuber.node;

import io.kuber.loop.Loop;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What is wanted of one pod and what is the case with it. The parts of its worker read it, note
 * what they saw happen, and have the next step taken.
 *
 * <p>Owned by the node's loop. What takes long runs on worker threads, by {@link #later}, and comes
 * back to the loop with its result.
 */
final class PodBoard {
  /** How soon something is tried again that the machine had no room for. */
  static final Duration RETRY = Duration.ofSeconds(1);

  private final PodMachinery machinery;
  private final PodEvents events;
  private final Loop loop;
  private final Executor workers;
  private final Runnable nextStep;

  private KubeObject object;
  private PodSpec pod;
  private PodState state;
  private boolean closed;

  PodBoard(
      PodMachinery machinery,
      PodEvents events,
      Loop loop,
      Executor workers,
      KubeObject object,
      PodState state,
      Runnable nextStep) {
    this.machinery = machinery;
    this.events = events;
    this.loop = loop;
    this.workers = workers;
    this.nextStep = nextStep;
    this.object = object;
    this.pod = PodSpec.of(state.resizing().over(object));
    this.state = state;
  }

  KubeObject object() {
    return object;
  }

  /** The pod as it is wanted, but with what its containers were allocated. */
  PodSpec pod() {
    return pod;
  }

  /** The object with what its containers were allocated in place of what they want. */
  KubeObject allocated() {
    return state.resizing().over(object);
  }

  PodState state() {
    return state;
  }

  ContainerState container(String name) {
    return state.container(name);
  }

  /**
   * A container as the pod declares it.
   *
   * @throws IllegalStateException when the pod has none of that name
   */
  PodContainer declared(String name) {
    return pod.all()
        .filter(container -> container.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("pod without container " + name));
  }

  Instant now() {
    return machinery.clock().instant();
  }

  /** Something else is wanted of the pod now. */
  void want(KubeObject newer) {
    object = newer;
    pod = PodSpec.of(allocated());
  }

  /** Something about what its containers were allocated changed. */
  void resize(Resizing next) {
    state = state.with(next);
    pod = PodSpec.of(allocated());
  }

  /** Something happened to the pod. */
  void note(UnaryOperator<PodState> change) {
    state = change.apply(state);
  }

  /** Something happened to a container. */
  void note(String container, UnaryOperator<ContainerState> change) {
    state = state.with(container, change);
  }

  /** Decides anew what is to be done. */
  void step() {
    nextStep.run();
  }

  /** Tells people what happened to a container, or to the pod when its name is empty. */
  void tell(String container, String reason, String message) {
    events.record(object, container, false, reason, message);
  }

  /** Tells people what went wrong with a container, or with the pod when its name is empty. */
  void warn(String container, String reason, String message) {
    events.record(object, container, true, reason, message);
  }

  /** Nothing that is under way comes back any more. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** Runs {@code action} on a worker thread, and what follows on the loop, unless all is over. */
  <T> void later(Callable<T> action, Consumer<T> done, Consumer<Throwable> failed) {
    try {
      workers.execute(
          () -> {
            try {
              T result = action.call();
              loop.execute(() -> unlessClosed(() -> done.accept(result)));
            } catch (Exception | Error e) {
              loop.execute(() -> unlessClosed(() -> failed.accept(e)));
            }
          });
    } catch (RejectedExecutionException tooMuch) {
      after(RETRY, () -> failed.accept(tooMuch));
    }
  }

  /** Has what follows a stage run on the loop, unless all is over then. */
  <T> void when(CompletionStage<T> stage, Consumer<T> done, Consumer<Throwable> failed) {
    stage
        .thenAccept(result -> loop.execute(() -> unlessClosed(() -> done.accept(result))))
        .exceptionally(
            failure -> {
              loop.execute(() -> unlessClosed(() -> failed.accept(failure)));
              return null;
            });
  }

  /** Runs a task on the loop after a while, unless all is over then. */
  Loop.Timer after(Duration delay, Runnable task) {
    return loop.schedule(delay, () -> unlessClosed(task));
  }

  private void unlessClosed(Runnable task) {
    if (!closed) {
      task.run();
    }
  }
}
