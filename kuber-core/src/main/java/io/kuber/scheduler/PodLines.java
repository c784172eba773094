package io.kuber.scheduler;

import io.kuber.scheduler.QueuedPod.Due;
import io.kuber.scheduler.QueuedPod.State;
import io.kuber.scheduler.QueuedPod.Turn;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.store.Key;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pods of the queue in lines, one for each state in which the order matters: every pod stands
 * where its state says, and only there. Owned by the scheduler's loop.
 */
final class PodLines {
  private final TreeMap<Turn, QueuedPod> active = new TreeMap<>();
  private final TreeMap<Due, QueuedPod> backingOff = new TreeMap<>();
  private final TreeMap<Due, QueuedPod> punished = new TreeMap<>();
  private final Rests resting = new Rests();
  private long arrivals;

  /** The last turn among pods of its priority. */
  Turn turn(QueuedPod pod) {
    return new Turn(pod.pod().priority(), arrivals++);
  }

  /** Takes a pod from the line where it stands to the one of its next state. */
  void move(QueuedPod pod, State next) {
    State before = pod.state();
    if (before instanceof State.Active old) {
      active.remove(old.turn());
    } else if (before instanceof State.BackingOff old) {
      backingOff.remove(old.due());
    } else if (before instanceof State.Punished old) {
      punished.remove(old.due());
    } else if (before instanceof State.Resting) {
      resting.remove(pod.pod().key());
    }
    pod.become(next);
    if (next instanceof State.Active now) {
      active.put(now.turn(), pod);
    } else if (next instanceof State.BackingOff now) {
      backingOff.put(now.due(), pod);
    } else if (next instanceof State.Punished now) {
      punished.put(now.due(), pod);
    } else if (next instanceof State.Resting now && !now.woken()) {
      resting.add(pod.pod(), now.rejectedBy());
    }
  }

  /** Whose turn it is: with nobody active, of whoever backs off for the shortest time. */
  Optional<QueuedPod> first() {
    Map.Entry<?, QueuedPod> first =
        active.isEmpty() ? backingOff.firstEntry() : active.firstEntry();
    return Optional.ofNullable(first).map(Map.Entry::getValue);
  }

  /** The first of those that have waited long enough. */
  Optional<QueuedPod> firstDue(Instant now) {
    return Stream.of(backingOff, punished)
        .filter(line -> !line.isEmpty() && !line.firstKey().at().isAfter(now))
        .map(line -> line.firstEntry().getValue())
        .findFirst();
  }

  /** When the first pod has waited long enough. */
  Optional<Instant> nextDue() {
    return Stream.of(backingOff, punished)
        .filter(line -> !line.isEmpty())
        .map(line -> line.firstKey().at())
        .min(Instant::compareTo);
  }

  /** All that rest. */
  List<Key> resting() {
    return resting.pods();
  }

  /** Those that rest and that what happened may help. */
  List<Key> helpedBy(Happening what, ClusterState cluster) {
    return resting.helpedBy(what, cluster);
  }
}
