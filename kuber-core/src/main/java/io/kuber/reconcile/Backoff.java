package io.kuber.reconcile;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long to wait after the n-th failure in a row: twice as long each time, up to a limit.
 *
 * <p>Keeps a count per thing that fails, forgotten when it succeeds; so it holds at most one entry
 * per thing that is being tried. Owned by the loop of its owner.
 *
 * @param <T> what is tried
 */
public final class Backoff<T> {
  private static final int MAX_DOUBLINGS = 30;

  private final Duration first;
  private final Duration max;
  private final Map<T, Integer> failures = new HashMap<>();

  /** Waits {@code first} after the first failure and never longer than {@code max}. */
  public Backoff(Duration first, Duration max) {
    this.first = first;
    this.max = max;
  }

  /** Counts one more failure and says how long to wait. */
  public Duration failed(T thing) {
    int before = failures.merge(thing, 1, Integer::sum) - 1;
    Duration wait = first.multipliedBy(1L << Math.min(before, MAX_DOUBLINGS));
    return wait.compareTo(max) > 0 ? max : wait;
  }

  /** How often the thing has failed in a row. */
  public int failures(T thing) {
    return failures.getOrDefault(thing, 0);
  }

  /** The thing succeeded, or is gone. */
  public void forget(T thing) {
    failures.remove(thing);
  }
}
