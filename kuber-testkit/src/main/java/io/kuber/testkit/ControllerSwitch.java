package io.kuber.testkit;

import io.kuber.boot.Kuber;
import io.kuber.store.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One controller of a cluster, or the scheduler, led by hand. For any thread. */
public final class ControllerSwitch {
  /** A controller that still finds work after so many steps makes its own work. */
  private static final int MAX_STEPS = 10_000;

  private final Kuber kuber;
  private final String name;

  ControllerSwitch(Kuber kuber, String name) {
    this.kuber = kuber;
    this.name = name;
  }

  /** It does nothing by itself any more, from the return of this method on. */
  public void pause() {
    Interrupts.run(() -> kuber.pause(name));
  }

  /** It goes on with all that waits for it. */
  public void resume() {
    kuber.resume(name);
  }

  /**
   * Lets it look at the one object that waits the longest, although it is paused, and returns where
   * that object stands once everything that was decided is written; empty when none waits. The
   * scheduler takes no single steps.
   */
  public Optional<Key> step() {
    return Interrupts.unchecked(() -> kuber.step(name));
  }

  /** Steps until nothing waits any more, and returns what it looked at, in order. */
  public List<Key> stepAll() {
    List<Key> seen = new ArrayList<>();
    for (Optional<Key> key = step(); key.isPresent(); key = step()) {
      seen.add(key.get());
      if (seen.size() == MAX_STEPS) {
        throw new IllegalStateException(
            "%s still has work after %d steps, at last %s".formatted(name, MAX_STEPS, key.get()));
      }
    }
    return seen;
  }

  @Override
  public String toString() {
    return name;
  }
}
