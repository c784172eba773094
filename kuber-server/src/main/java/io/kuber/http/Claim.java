package io.kuber.http;

import java.util.concurrent.atomic.AtomicReference;

/** Who gives the one answer of an exchange: whoever is first. For any thread. */
final class Claim {
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

  /** What has become of the answer. */
  private enum State {
    OPEN,
    ANSWERED,
    EXPIRED
  }

  /** Makes sure that nobody else answers; false when the time for it is over. */
  boolean take(Request request) {
    State before = state.compareAndExchange(State.OPEN, State.ANSWERED);
    if (before == State.ANSWERED) {
      throw new IllegalStateException("answered already: " + request);
    }
    return before == State.OPEN;
  }

  /** Ends the time for an answer; false when there is one. */
  boolean expire() {
    return state.compareAndSet(State.OPEN, State.EXPIRED);
  }

  boolean isTaken() {
    return state.get() != State.OPEN;
  }

  boolean isExpired() {
    return state.get() == State.EXPIRED;
  }
}
