package io.kuber.scheduler;

import io.kuber.scheduler.QueuedPod.Due;
import io.kuber.scheduler.QueuedPod.State;
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
  /**
   * Pods whose time comes within one second have their turns by priority (upstream:
   * backoffQOrderingWindowDuration).
   */
  private static final Duration WINDOW = Duration.ofSeconds(1);

  /** A pod that nothing helped is tried again all the same after this time. */
  static final Duration MAX_REST = Duration.ofMinutes(5);

  private final Map<Key, QueuedPod> pods = new HashMap<>();
  private final PodLines lines = new PodLines();

  /**
   * Takes in the newest state of a pending pod. A new one is active at once, and so is one whose
   * gates were opened; one of another shape is tried again.
   */
  void put(PodEntry pod, Instant now) {
    QueuedPod known = pods.get(pod.key());
    if (known == null) {
      QueuedPod queued = new QueuedPod(pod);
      pods.put(pod.key(), queued);
      begin(queued);
      return;
    }
    PodEntry before = known.pod();
    known.is(pod);
    if (known.state() instanceof State.Resting) {
      lines.move(known, known.state());
    }
    if (known.state() instanceof State.Gated) {
      begin(known);
    } else if (known.state() instanceof State.Active && before.priority() != pod.priority()) {
      activate(known);
    } else if (before.shape() != pod.shape() && known.state() instanceof State.Resting) {
      wake(known, now);
    }
  }

  private void begin(QueuedPod pod) {
    if (pod.isGated()) {
      lines.move(pod, new State.Gated());
    } else {
      activate(pod);
    }
  }

  /** Forgets the pod. */
  void remove(Key key) {
    QueuedPod gone = pods.remove(key);
    if (gone != null) {
      lines.move(gone, new State.Tried());
    }
  }

  /** Whether the pod waits here, or is being decided. */
  boolean has(Key key) {
    return pods.containsKey(key);
  }

  /** Whether a pod is to be decided now. */
  boolean hasNext() {
    return lines.first().isPresent();
  }

  /** The next pod to be decided. Afterwards it rests, is tried again, or is removed. */
  Optional<PodEntry> next() {
    Optional<QueuedPod> first = lines.first();
    first.ifPresent(
        pod -> {
          lines.move(pod, new State.Tried());
          pod.tried();
        });
    return first.map(QueuedPod::pod);
  }

  /**
   * The pod found no node: it rests until one of these filters may change its mind, and if {@code
   * held} not before {@link #release} was called.
   */
  void rest(Key key, Set<Filter> rejectedBy, boolean held, Instant now) {
    QueuedPod pod = pods.get(key);
    if (pod != null) {
      pod.failed(now);
      lines.move(pod, new State.Resting(rejectedBy, now, held, false));
    }
  }

  /** What held the pod is done. */
  void release(Key key, Instant now) {
    QueuedPod pod = pods.get(key);
    if (pod != null && pod.state() instanceof State.Resting resting && resting.held()) {
      lines.move(pod, new State.Resting(resting.rejectedBy(), resting.since(), false, false));
      if (resting.woken()) {
        wake(pod, now);
      }
    }
  }

  /** The pod had a node, but something failed: it is tried again after a while. */
  void retry(Key key, Instant now) {
    QueuedPod pod = pods.get(key);
    if (pod != null) {
      pod.failed(now);
      lines.move(pod, new State.Punished(new Due(pod.mayRunFrom(), lines.turn(pod))));
    }
  }

  /** Wakes the pods that what happened may help, and no others. */
  void happened(Happening what, ClusterState cluster, Instant now) {
    wake(lines.helpedBy(what, cluster), now);
  }

  /** Wakes all that rest, for happenings that are too rare to be told apart. */
  void wakeAll(Instant now) {
    wake(lines.resting(), now);
  }

  private void wake(List<Key> keys, Instant now) {
    for (Key key : keys) {
      QueuedPod pod = pods.get(key);
      if (pod != null) {
        wake(pod, now);
      }
    }
  }

  private void wake(QueuedPod pod, Instant now) {
    if (pod.state() instanceof State.Resting resting && resting.held()) {
      lines.move(pod, new State.Resting(resting.rejectedBy(), resting.since(), true, true));
    } else if (pod.mayRunFrom().isAfter(now)) {
      Instant due = pod.mayRunFrom().plus(WINDOW).truncatedTo(ChronoUnit.SECONDS);
      lines.move(pod, new State.BackingOff(new Due(due, lines.turn(pod))));
    } else {
      activate(pod);
    }
  }

  /** Makes active what has waited long enough: backed off, or was punished. */
  void pass(Instant now) {
    for (Optional<QueuedPod> due = lines.firstDue(now);
        due.isPresent();
        due = lines.firstDue(now)) {
      activate(due.get());
    }
  }

  /** Makes those active that rested for {@link #MAX_REST}. */
  void passRests(Instant now) {
    Instant limit = now.minus(MAX_REST);
    wake(lines.resting().stream().filter(key -> restsSince(limit, key)).toList(), now);
  }

  private boolean restsSince(Instant limit, Key key) {
    QueuedPod pod = pods.get(key);
    return pod != null && pod.state() instanceof State.Resting rest && !rest.since().isAfter(limit);
  }

  /** When the first pod has backed off. */
  Optional<Instant> nextDue() {
    return lines.nextDue();
  }

  private void activate(QueuedPod pod) {
    lines.move(pod, new State.Active(lines.turn(pod)));
  }
}
