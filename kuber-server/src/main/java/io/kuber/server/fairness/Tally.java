package io.kuber.server.fairness;

/** How the requests of a level have fared since the server started. */
record Tally(long dispatchedCount, long refusedCount, long tiredCount, long cancelledCount) {
  static final Tally NONE = new Tally(0, 0, 0, 0);

  Tally dispatched() {
    return new Tally(dispatchedCount + 1, refusedCount, tiredCount, cancelledCount);
  }

  Tally refused() {
    return new Tally(dispatchedCount, refusedCount + 1, tiredCount, cancelledCount);
  }

  Tally tired() {
    return new Tally(dispatchedCount, refusedCount, tiredCount + 1, cancelledCount);
  }

  Tally cancelled() {
    return new Tally(dispatchedCount, refusedCount, tiredCount, cancelledCount + 1);
  }
}
