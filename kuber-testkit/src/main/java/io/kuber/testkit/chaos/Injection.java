package io.kuber.testkit.chaos;

import io.kuber.testkit.chaos.Fault.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A fault at work. For any thread. */
public final class Injection {
  private final int number;
  private final Requests requests;
  private final When when;
  private final Fault fault;
  private final Luck luck;
  private final @Nullable Instant end;
  private int seen;
  private int hits;
  private boolean removed;

  Injection(
      int number, Requests requests, When when, Fault fault, Luck luck, @Nullable Instant end) {
    this.number = number;
    this.requests = requests;
    this.when = when;
    this.fault = fault;
    this.luck = luck;
    this.end = end;
  }

  /** How often it has struck. */
  public synchronized int hits() {
    return hits;
  }

  /** How many requests, or events, were meant so far, whether it struck or not. */
  public synchronized int seen() {
    return seen;
  }

  /** It strikes no more. */
  public synchronized void remove() {
    removed = true;
  }

  Fault fault() {
    return fault;
  }

  /** Whether it strikes what is asked now, which it counts. */
  synchronized boolean strikes(Target target, Asked asked, Instant now) {
    if (removed || fault.target() != target || !requests.test(asked)) {
      return false;
    }
    seen++;
    boolean isDue =
        seen >= when.first()
            && hits < when.times()
            && (end == null || now.isBefore(end))
            && luck.strikes(number, asked, when.rate());
    hits += isDue ? 1 : 0;
    return isDue;
  }

  @Override
  public synchronized String toString() {
    return "%s of %s, struck %d of %d times".formatted(fault, requests, hits, seen);
  }
}
