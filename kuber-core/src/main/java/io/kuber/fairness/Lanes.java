package io.kuber.fairness;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The queues with something to do, in their order, and their sums. Immutable.
 *
 * @param seats that are taken
 * @param executing requests that hold them
 * @param waiting requests that wait
 * @param waitingSeats that those want
 */
record Lanes(List<Lane> all, int seats, int executing, int waiting, int waitingSeats) {
  static final Lanes IDLE = new Lanes(List.of(), 0, 0, 0, 0);

  boolean isIdle() {
    return all.isEmpty();
  }

  Optional<Lane> find(long index) {
    int place = place(index);
    return place < 0 ? Optional.empty() : Optional.of(all.get(place));
  }

  /** The same with one queue as it is now; one without anything to do is left out. */
  Lanes with(Lane lane) {
    int place = place(lane.index());
    if (place < 0) {
      return lane.isIdle() ? this : changed(inserted(-place - 1, lane), null, lane);
    }
    Lane before = all.get(place);
    return changed(lane.isIdle() ? removed(place) : replaced(place, lane), before, lane);
  }

  private Lanes changed(Lane[] next, @Nullable Lane before, Lane after) {
    Lane old = before == null ? Lane.idle(after.index(), 0) : before;
    return new Lanes(
        Arrays.asList(next),
        seats + after.seats() - old.seats(),
        executing + after.executing() - old.executing(),
        waiting + after.waiting().length - old.waiting().length,
        waitingSeats + after.waitingSeats() - old.waitingSeats());
  }

  private Lane[] replaced(int place, Lane lane) {
    Lane[] next = all.toArray(new Lane[0]);
    next[place] = lane;
    return next;
  }

  private Lane[] inserted(int place, Lane lane) {
    Lane[] next = new Lane[all.size() + 1];
    for (int i = 0; i < next.length; i++) {
      next[i] = i < place ? all.get(i) : i == place ? lane : all.get(i - 1);
    }
    return next;
  }

  private Lane[] removed(int place) {
    Lane[] next = new Lane[all.size() - 1];
    for (int i = 0; i < next.length; i++) {
      next[i] = all.get(i < place ? i : i + 1);
    }
    return next;
  }

  private int place(long index) {
    int low = 0;
    int high = all.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long there = all.get(middle).index();
      if (there == index) {
        return middle;
      }
      if (there < index) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }
}
