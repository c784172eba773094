package io.kuber.testkit.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Things that happen in order, and wait while the lane is held. For any thread. */
final class Lane {
  /** More that waits is a client that is never let on; the rest is lost, as on a broken line. */
  private static final int MAX_WAITING = 100_000;

  private final Faults faults;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int holds;

  Lane(Faults faults) {
    this.faults = faults;
  }

  /** All that comes from now on waits so long. */
  synchronized void hold(Duration time) {
    holds++;
    faults.later(time, this::release);
  }

  /** Happens now, or once the lane is free. */
  synchronized void pass(Runnable action) {
    if (holds == 0) {
      action.run();
    } else if (waiting.size() < MAX_WAITING) {
      waiting.add(action);
    }
  }

  private synchronized void release() {
    holds--;
    while (holds == 0 && !waiting.isEmpty()) {
      waiting.remove().run();
    }
  }
}
