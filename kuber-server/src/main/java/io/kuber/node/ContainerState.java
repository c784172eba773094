package io.kuber.node;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is the case with one container. Immutable; every event makes a new one.
 *
 * @param phase where it stands
 * @param id the runtime's name of the current or last instance; empty before the first
 * @param imageId what its image is; empty before the first instance
 * @param startedAt when the current or last instance started
 * @param restarts how many instances there were before the current one
 * @param last how the previous instance ended
 * @param problem why the container is not started, for phase {@link Phase#WAITING}
 * @param notBefore when it may be started again
 * @param backOff how long the next wait is
 * @param started whether the startup probe has passed, or there is none
 * @param ready whether the readiness probe has passed last, or there is none
 * @param killAt when it is killed unless it ends before, for phase {@link Phase#STOPPING}
 */
record ContainerState(
    Phase phase,
    String id,
    String imageId,
    Instant startedAt,
    int restarts,
    Optional<Termination> last,
    Optional<Problem> problem,
    Instant notBefore,
    Duration backOff,
    boolean started,
    boolean ready,
    Instant killAt) {
  /** The first wait before a restart, doubled each time up to {@link #MAX_BACK_OFF} (kubelet). */
  static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);

  static final Duration MAX_BACK_OFF = Duration.ofMinutes(5);

  /** A container that ran longer than this starts with the first wait again (kubelet). */
  private static final Duration FORGIVEN_AFTER = MAX_BACK_OFF.multipliedBy(2);

  /** A container that nobody has started yet. */
  static final ContainerState NEW =
      new ContainerState(
          Phase.WAITING,
          "",
          "",
          Instant.EPOCH,
          0,
          Optional.empty(),
          Optional.empty(),
          Instant.EPOCH,
          Duration.ZERO,
          false,
          false,
          Instant.MAX);

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

  boolean isAlive() {
    return phase == Phase.STARTING || hasProcess();
  }

  /** Whether there is a process, as far as is known. */
  boolean hasProcess() {
    return phase == Phase.RUNNING || phase == Phase.STOPPING || phase == Phase.KILLED;
  }

  /** A container of an earlier run of the agent, which ended when that did. */
  static ContainerState ofEarlierRun(String id, String imageId, int restarts, Termination last) {
    return new ContainerState(
        Phase.EXITED,
        id,
        imageId,
        last.startedAt(),
        restarts,
        Optional.of(last),
        Optional.empty(),
        Instant.EPOCH,
        Duration.ZERO,
        false,
        false,
        Instant.MAX);
  }

  boolean hasRun() {
    return last.isPresent() || phase != Phase.WAITING;
  }

  ContainerState starting() {
    return in(Phase.STARTING);
  }

  /** The process runs; without a probe of that kind it counts as started or ready at once. */
  ContainerState running(
      String newId, String newImage, Instant now, boolean isStarted, boolean isReady) {
    int count = last.isPresent() ? restarts + 1 : restarts;
    return new ContainerState(
        Phase.RUNNING,
        newId,
        newImage,
        now,
        count,
        last,
        Optional.empty(),
        notBefore,
        backOff,
        isStarted,
        isReady,
        Instant.MAX);
  }

  /** It has been told to end, and has until {@code deadline}. */
  ContainerState stopping(Instant deadline) {
    return in(Phase.STOPPING).with(deadline);
  }

  private ContainerState with(Instant deadline) {
    return new ContainerState(
        phase, id, imageId, startedAt, restarts, last, problem, notBefore, backOff, started, ready,
        deadline);
  }

  ContainerState killed() {
    return in(Phase.KILLED);
  }

  /** It waits to be tried again; {@code why} takes the place of the failure that was told once. */
  ContainerState backingOff(Problem why) {
    return new ContainerState(
        phase,
        id,
        imageId,
        startedAt,
        restarts,
        last,
        Optional.of(why),
        notBefore,
        backOff,
        started,
        ready,
        killAt);
  }

  /** The process has ended. */
  ContainerState exited(Termination termination) {
    Duration ran = Duration.between(termination.startedAt(), termination.finishedAt());
    Duration next =
        backOff.isZero() || ran.compareTo(FORGIVEN_AFTER) > 0 ? FIRST_BACK_OFF : doubled(backOff);
    Instant mayStart =
        backOff.isZero() ? termination.finishedAt() : termination.finishedAt().plus(backOff);
    return new ContainerState(
        Phase.EXITED,
        id,
        imageId,
        startedAt,
        restarts,
        Optional.of(termination),
        Optional.empty(),
        mayStart,
        next,
        false,
        false,
        Instant.MAX);
  }

  /** It could not be started; it may be tried again after a while. */
  ContainerState failedToStart(Problem why, Instant now) {
    Duration wait = backOff.isZero() ? FIRST_BACK_OFF : backOff;
    return new ContainerState(
        Phase.WAITING,
        id,
        imageId,
        startedAt,
        restarts,
        last,
        Optional.of(why),
        now.plus(wait),
        doubled(wait),
        false,
        false,
        Instant.MAX);
  }

  ContainerState withStarted(boolean isStarted) {
    return new ContainerState(
        phase, id, imageId, startedAt, restarts, last, problem, notBefore, backOff, isStarted,
        ready, killAt);
  }

  ContainerState withReady(boolean isReady) {
    return new ContainerState(
        phase, id, imageId, startedAt, restarts, last, problem, notBefore, backOff, started,
        isReady, killAt);
  }

  private ContainerState in(Phase next) {
    return new ContainerState(
        next, id, imageId, startedAt, restarts, last, problem, notBefore, backOff, started, ready,
        killAt);
  }

  private static Duration doubled(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(MAX_BACK_OFF) > 0 ? MAX_BACK_OFF : twice;
  }
}
