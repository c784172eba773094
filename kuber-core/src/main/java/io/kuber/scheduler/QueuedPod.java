package io.kuber.scheduler;

import io.kuber.scheduler.plugin.Filter;
import io.kuber.scheduler.state.PodEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** One pod of the queue and where it stands there. Owned by the scheduler's loop. */
final class QueuedPod {
  static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  static final Duration MAX_WAIT = Duration.ofSeconds(10);
  private static final int MAX_DOUBLINGS = 10;

  private PodEntry pod;
  private State state = new State.Tried();
  private int attempts;
  private Instant mayRunFrom = Instant.MIN;

  QueuedPod(PodEntry pod) {
    this.pod = pod;
  }

  /** When a pod has its turn: by priority, and pods of one priority in order. */
  record Turn(long priority, long order) implements Comparable<Turn> {
    @Override
    public int compareTo(Turn other) {
      int byPriority = Long.compare(other.priority, priority);
      return byPriority == 0 ? Long.compare(order, other.order) : byPriority;
    }
  }

  /** When a pod may have a turn again; among those of one time the order is that of turns. */
  record Due(Instant at, Turn turn) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = at.compareTo(other.at);
      return byTime == 0 ? turn.compareTo(other.turn) : byTime;
    }
  }

  /** Where a pod stands; {@link PodQueue} says what each means. */
  sealed interface State {
    record Active(Turn turn) implements State {}

    record BackingOff(Due due) implements State {}

    record Punished(Due due) implements State {}

    /** {@code held} while its victims are being deleted; {@code woken} when something helped. */
    record Resting(Set<Filter> rejectedBy, Instant since, boolean held, boolean woken)
        implements State {}

    record Gated() implements State {}

    /** It was taken out to be decided. */
    record Tried() implements State {}
  }

  PodEntry pod() {
    return pod;
  }

  /** The newest state of the pod itself. */
  void is(PodEntry newer) {
    pod = newer;
  }

  State state() {
    return state;
  }

  /** Only {@link PodLines} changes it, which keeps the pod in the line of its state. */
  void become(State next) {
    state = next;
  }

  /** It is being decided once more. */
  void tried() {
    attempts++;
  }

  /** It found no node, and has to wait the longer the more often that was so. */
  void failed(Instant now) {
    Duration wait =
        FIRST_WAIT.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), MAX_DOUBLINGS));
    mayRunFrom = now.plus(wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait);
  }

  /** Before this it must not be tried again. */
  Instant mayRunFrom() {
    return mayRunFrom;
  }

  boolean isGated() {
    return !pod.object().spec().items("schedulingGates").isEmpty();
  }
}
