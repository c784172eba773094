package io.kuber.fairness;

import java.util.Arrays;

/**
 * One queue of a level that has something to do.
 *
 * @param index its number among the queues of the level
 * @param next the virtual time at which its next request would start
 * @param executing requests that were started from it and go on
 * @param seats that they hold
 * @param waiting oldest first
 * @param waitingSeats that those want
 */
record Lane(long index, double next, int executing, int seats, Waiter[] waiting, int waitingSeats) {
  private static final Waiter[] NOBODY = {};

  /** A request that waits, and the seats that it wants. */
  record Waiter(long id, int seats) {}

  static Lane idle(long index, double progress) {
    return new Lane(index, progress, 0, 0, NOBODY, 0);
  }

  boolean isIdle() {
    return executing == 0 && waiting.length == 0;
  }

  /** What a further request would find before it. */
  int load() {
    return seats + waitingSeats;
  }

  Waiter oldest() {
    return waiting[0];
  }

  Lane waitingFor(Waiter waiter) {
    Waiter[] more = Arrays.copyOf(waiting, waiting.length + 1);
    more[waiting.length] = waiter;
    return new Lane(index, next, executing, seats, more, waitingSeats + waiter.seats());
  }

  /** The same without one who waits. */
  Lane without(int place) {
    Waiter[] rest = new Waiter[waiting.length - 1];
    System.arraycopy(waiting, 0, rest, 0, place);
    System.arraycopy(waiting, place + 1, rest, place, rest.length - place);
    return new Lane(index, next, executing, seats, rest, waitingSeats - waiting[place].seats());
  }

  /** A request more that holds seats, and is thought to take so much work. */
  Lane started(int wide, double work) {
    return new Lane(index, next + work, executing + 1, seats + wide, waiting, waitingSeats);
  }

  /** One less, which took so much more work than was thought. */
  Lane finished(int wide, double more) {
    return new Lane(index, next + more, executing - 1, seats - wide, waiting, waitingSeats);
  }
}
