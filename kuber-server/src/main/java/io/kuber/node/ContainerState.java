package io.kuber.node;

import io.kuber.object.Tree;
import java.time.Instant;
import java.util.Optional;

/**
 * What is the case with one container. Immutable; every event makes a new one.
 *
 * @param phase where it stands
 * @param instance the current or last instance
 * @param restarts how many instances there were before the current one
 * @param last how the previous instance ended
 * @param problem why the container is not started, for phase {@link Phase#WAITING}
 * @param backOff when it may be started again
 * @param started whether the startup probe has passed, or there is none
 * @param ready whether the readiness probe has passed last, or there is none
 * @param killAt when it is killed unless it ends before, for phase {@link Phase#STOPPING}
 */
record ContainerState(
    Phase phase,
    Instance instance,
    int restarts,
    Optional<Termination> last,
    Optional<Problem> problem,
    BackOff backOff,
    boolean started,
    boolean ready,
    Instant killAt) {

  /** A container that nobody has started yet. */
  static final ContainerState NEW =
      new ContainerState(
          Phase.WAITING, Instance.NONE, 0, Optional.empty(), Optional.empty(), BackOff.NONE);

  /** One without a process. */
  private ContainerState(
      Phase phase,
      Instance instance,
      int restarts,
      Optional<Termination> last,
      Optional<Problem> problem,
      BackOff backOff) {
    this(phase, instance, restarts, last, problem, backOff, false, false, Instant.MAX);
  }

  /** Where a container stands. */
  enum Phase {
    /** There is no process; one may be started, unless it has to wait. */
    WAITING,
    /** It is being started. */
    STARTING,
    /** Its process runs. */
    RUNNING,
    /** Its process runs and has been told to end. */
    STOPPING,
    /** Its process has been killed; its end has not been noticed yet. */
    KILLED,
    /** Its process has ended; the machine decides what follows. */
    EXITED
  }

  /**
   * One run of a container's program.
   *
   * @param id the runtime's name of it
   * @param image the reference by which its image was asked for
   * @param imageId what its image is
   * @param granted what it was given, as its status tells it: {@code resources}, {@code user}...
   */
  record Instance(String id, String image, String imageId, Instant startedAt, Tree granted) {
    /** There has been none yet. */
    static final Instance NONE = new Instance("", "", "", Instant.EPOCH, Tree.EMPTY);
  }

  /**
   * How an instance ended.
   *
   * @param message what the container left to be told
   */
  record Termination(
      String id,
      int exitCode,
      int signal,
      String reason,
      String message,
      Instant startedAt,
      Instant finishedAt) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** Why a container cannot be started, such as {@code ErrImagePull}. */
  record Problem(String reason, String message) {}

  /** A run of a container that an earlier run of the agent started. */
  static ContainerState resumed(
      Instance instance,
      int restarts,
      Optional<Termination> last,
      boolean isStarted,
      boolean isReady) {
    return new ContainerState(
        Phase.RUNNING,
        instance,
        restarts,
        last,
        Optional.empty(),
        BackOff.NONE,
        isStarted,
        isReady,
        Instant.MAX);
  }

  /** The runtime's name of the current or last instance; empty before the first. */
  String id() {
    return instance.id();
  }

  /** When it may be started again. */
  Instant notBefore() {
    return backOff.notBefore();
  }

  boolean isAlive() {
    return phase == Phase.STARTING || hasProcess();
  }

  /** Whether there is a process, as far as is known. */
  boolean hasProcess() {
    return phase == Phase.RUNNING || phase == Phase.STOPPING || phase == Phase.KILLED;
  }

  boolean hasRun() {
    return last.isPresent() || phase != Phase.WAITING;
  }

  boolean hasSucceeded() {
    return phase == Phase.EXITED && last.filter(Termination::succeeded).isPresent();
  }

  boolean hasFailed() {
    return phase == Phase.EXITED && last.filter(end -> !end.succeeded()).isPresent();
  }

  /** A container of an earlier run of the agent, which ended when that did. */
  static ContainerState ofEarlierRun(Instance instance, int restarts, Termination last) {
    return new ContainerState(
        Phase.EXITED, instance, restarts, Optional.of(last), Optional.empty(), BackOff.NONE);
  }

  ContainerState starting() {
    return in(Phase.STARTING);
  }

  /** The process runs; without a probe of that kind it counts as started or ready at once. */
  ContainerState running(Instance begun, boolean isStarted, boolean isReady) {
    int count = last.isPresent() ? restarts + 1 : restarts;
    return new ContainerState(
        Phase.RUNNING,
        begun,
        count,
        last,
        Optional.empty(),
        backOff,
        isStarted,
        isReady,
        Instant.MAX);
  }

  /** It has been told to end, and has until {@code deadline}. */
  ContainerState stopping(Instant deadline) {
    return new ContainerState(
        Phase.STOPPING, instance, restarts, last, problem, backOff, started, ready, deadline);
  }

  ContainerState killed() {
    return in(Phase.KILLED);
  }

  /** It waits to be tried again; {@code why} takes the place of the failure that was told once. */
  ContainerState backingOff(Problem why) {
    return new ContainerState(
        phase, instance, restarts, last, Optional.of(why), backOff, started, ready, killAt);
  }

  /** The process has ended. */
  ContainerState exited(Termination end) {
    return new ContainerState(
        Phase.EXITED,
        instance,
        restarts,
        Optional.of(end),
        Optional.empty(),
        backOff.afterEnd(end.startedAt(), end.finishedAt()));
  }

  /** It could not be started; it may be tried again after a while. */
  ContainerState failedToStart(Problem why, Instant now) {
    return new ContainerState(
        Phase.WAITING, instance, restarts, last, Optional.of(why), backOff.afterFailure(now));
  }

  /** It was ended in order to be started with other resources: at once, whatever its policy. */
  ContainerState again() {
    return new ContainerState(
        Phase.WAITING, instance, restarts, last, Optional.empty(), BackOff.NONE);
  }

  /** It has other resources now. */
  ContainerState withGranted(Tree granted) {
    Instance resized =
        new Instance(
            instance.id(), instance.image(), instance.imageId(), instance.startedAt(), granted);
    return new ContainerState(
        phase, resized, restarts, last, problem, backOff, started, ready, killAt);
  }

  ContainerState withStarted(boolean isStarted) {
    return new ContainerState(
        phase, instance, restarts, last, problem, backOff, isStarted, ready, killAt);
  }

  ContainerState withReady(boolean isReady) {
    return new ContainerState(
        phase, instance, restarts, last, problem, backOff, started, isReady, killAt);
  }

  private ContainerState in(Phase next) {
    return new ContainerState(
        next, instance, restarts, last, problem, backOff, started, ready, killAt);
  }
}
