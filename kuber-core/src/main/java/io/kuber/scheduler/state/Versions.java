package io.kuber.scheduler.state;

/** Hands out numbers, each once. Owned by the scheduler's loop. */
final class Versions {
  private long last;

  long next() {
    return ++last;
  }
}
