package io.kuber.scheduler;

import io.kuber.scheduler.plugin.Filter;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.store.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pods that wait for a node (upstream: backend/queue/scheduling_queue.go). Each is in one of
 * five states: <b>active</b>, to be tried now, by priority and then in order; <b>backing off</b>,
 * to be tried at a certain time, or before if nobody else is there to be tried (upstream:
 * SchedulerPopFromBackoffQ); <b>punished</b> after a failure, to be tried at a certain time and not
 * before; <b>resting</b>, until something happens that may help it; <b>gated</b>, until its owner
 * opens the last gate.
 *
 * <p>Holds each pending pod once. Pure but for its own state, which the scheduler's loop owns.
 */
final class PodQueue {
  static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  static final Duration MAX_WAIT = Duration.ofSeconds(10);
  private static final int MAX_DOUBLINGS = 10;

  /**
   * Pods whose time comes within one second have their turns by priority (upstream:
   * backoffQOrderingWindowDuration).
   */
  private static final Duration WINDOW = Duration.ofSeconds(1);

  /** A pod that nothing helped is tried again all the same after this time. */
  static final Duration MAX_REST = Duration.ofMinutes(5);

  /** When a pod has its turn: by priority, and pods of one priority in order. */
  private record Turn(long priority, long order) implements Comparable<Turn> {
    @Override
    public int compareTo(Turn other) {
      int byPriority = Long.compare(other.priority, priority);
      return byPriority == 0 ? Long.compare(order, other.order) : byPriority;
    }
  }

  /** When a pod may have a turn again; among those of one time the order is that of turns. */
  private record Due(Instant at, Turn turn) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = at.compareTo(other.at);
      return byTime == 0 ? turn.compareTo(other.turn) : byTime;
    }
  }

  private sealed interface State {
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

  private static final class Waiting {
    PodEntry pod;
    State state = new State.Tried();
    int attempts;
    Instant mayRunFrom = Instant.MIN;

    Waiting(PodEntry pod) {
      this.pod = pod;
    }
  }

  private final Map<Key, Waiting> pods = new HashMap<>();
  private final TreeMap<Turn, Waiting> active = new TreeMap<>();
  private final TreeMap<Due, Waiting> backingOff = new TreeMap<>();
  private final TreeMap<Due, Waiting> punished = new TreeMap<>();
  private final Rests resting = new Rests();
  private long arrivals;

  /**
   * Takes in the newest state of a pending pod. A new one is active at once, and so is one whose
   * gates were opened; one of another shape is tried again.
   */
  void put(PodEntry pod, Instant now) {
    Waiting known = pods.get(pod.key());
    if (known == null) {
      Waiting waiting = new Waiting(pod);
      pods.put(pod.key(), waiting);
      begin(waiting);
      return;
    }
    PodEntry before = known.pod;
    known.pod = pod;
    if (known.state instanceof State.Resting) {
      moveTo(known, known.state);
    }
    if (known.state instanceof State.Gated) {
      begin(known);
    } else if (known.state instanceof State.Active && before.priority() != pod.priority()) {
      activate(known);
    } else if (before.shape() != pod.shape() && known.state instanceof State.Resting) {
      wake(known, now);
    }
  }

  private void begin(Waiting waiting) {
    if (waiting.pod.object().spec().items("schedulingGates").isEmpty()) {
      activate(waiting);
    } else {
      moveTo(waiting, new State.Gated());
    }
  }

  /** Forgets the pod. */
  void remove(Key key) {
    Waiting gone = pods.remove(key);
    if (gone != null) {
      moveTo(gone, new State.Tried());
    }
  }

  /** Whether the pod waits here, or is being decided. */
  boolean has(Key key) {
    return pods.containsKey(key);
  }

  /** Whether a pod is to be decided now. */
  boolean hasNext() {
    return !active.isEmpty() || !backingOff.isEmpty();
  }

  /** The next pod to be decided. Afterwards it rests, is tried again, or is removed. */
  Optional<PodEntry> next() {
    var first = active.isEmpty() ? backingOff.firstEntry() : active.firstEntry();
    if (first == null) {
      return Optional.empty();
    }
    Waiting waiting = first.getValue();
    moveTo(waiting, new State.Tried());
    waiting.attempts++;
    return Optional.of(waiting.pod);
  }

  /**
   * The pod found no node: it rests until one of these filters may change its mind, and if {@code
   * held} not before {@link #release} was called.
   */
  void rest(Key key, Set<Filter> rejectedBy, boolean held, Instant now) {
    Waiting waiting = pods.get(key);
    if (waiting != null) {
      waiting.mayRunFrom = now.plus(waitAfter(waiting.attempts));
      moveTo(waiting, new State.Resting(rejectedBy, now, held, false));
    }
  }

  /** What held the pod is done. */
  void release(Key key, Instant now) {
    Waiting waiting = pods.get(key);
    if (waiting != null && waiting.state instanceof State.Resting resting && resting.held()) {
      moveTo(waiting, new State.Resting(resting.rejectedBy(), resting.since(), false, false));
      if (resting.woken()) {
        wake(waiting, now);
      }
    }
  }

  /** The pod had a node, but something failed: it is tried again after a while. */
  void retry(Key key, Instant now) {
    Waiting waiting = pods.get(key);
    if (waiting != null) {
      waiting.mayRunFrom = now.plus(waitAfter(waiting.attempts));
      moveTo(waiting, new State.Punished(new Due(waiting.mayRunFrom, turn(waiting))));
    }
  }

  private static Duration waitAfter(int attempts) {
    Duration wait =
        FIRST_WAIT.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), MAX_DOUBLINGS));
    return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
  }

  /** Wakes the pods that what happened may help, and no others. */
  void happened(Happening what, ClusterState cluster, Instant now) {
    wake(resting.helpedBy(what, cluster), now);
  }

  /** Wakes all that rest, for happenings that are too rare to be told apart. */
  void wakeAll(Instant now) {
    wake(resting.pods(), now);
  }

  private void wake(List<Key> keys, Instant now) {
    for (Key key : keys) {
      Waiting waiting = pods.get(key);
      if (waiting != null) {
        wake(waiting, now);
      }
    }
  }

  private void wake(Waiting waiting, Instant now) {
    if (waiting.state instanceof State.Resting resting && resting.held()) {
      moveTo(waiting, new State.Resting(resting.rejectedBy(), resting.since(), true, true));
    } else if (waiting.mayRunFrom.isAfter(now)) {
      Instant due = waiting.mayRunFrom.plus(WINDOW).truncatedTo(ChronoUnit.SECONDS);
      moveTo(waiting, new State.BackingOff(new Due(due, turn(waiting))));
    } else {
      activate(waiting);
    }
  }

  /** Makes active what has waited long enough: backed off, or rested for very long. */
  void pass(Instant now) {
    for (TreeMap<Due, Waiting> waiting : List.of(backingOff, punished)) {
      while (!waiting.isEmpty() && !waiting.firstKey().at().isAfter(now)) {
        activate(waiting.firstEntry().getValue());
      }
    }
  }

  /** Makes those active that rested for {@link #MAX_REST}. */
  void passRests(Instant now) {
    Instant limit = now.minus(MAX_REST);
    List<Key> due = resting.pods().stream().filter(key -> restsSince(limit, key)).toList();
    wake(due, now);
  }

  private boolean restsSince(Instant limit, Key key) {
    Waiting waiting = pods.get(key);
    return waiting != null
        && waiting.state instanceof State.Resting rest
        && !rest.since().isAfter(limit);
  }

  /** When the first pod has backed off. */
  Optional<Instant> nextDue() {
    return Stream.of(backingOff, punished)
        .filter(waiting -> !waiting.isEmpty())
        .map(waiting -> waiting.firstKey().at())
        .min(Instant::compareTo);
  }

  private void activate(Waiting waiting) {
    moveTo(waiting, new State.Active(turn(waiting)));
  }

  private Turn turn(Waiting waiting) {
    return new Turn(waiting.pod.priority(), arrivals++);
  }

  private void moveTo(Waiting waiting, State next) {
    if (waiting.state instanceof State.Active old) {
      active.remove(old.turn());
    } else if (waiting.state instanceof State.BackingOff old) {
      backingOff.remove(old.due());
    } else if (waiting.state instanceof State.Punished old) {
      punished.remove(old.due());
    } else if (waiting.state instanceof State.Resting) {
      resting.remove(waiting.pod.key());
    }
    waiting.state = next;
    if (next instanceof State.Active now) {
      active.put(now.turn(), waiting);
    } else if (next instanceof State.BackingOff now) {
      backingOff.put(now.due(), waiting);
    } else if (next instanceof State.Punished now) {
      punished.put(now.due(), waiting);
    } else if (next instanceof State.Resting now && !now.woken()) {
      resting.add(waiting.pod, now.rejectedBy());
    }
  }
}
