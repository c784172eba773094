package io.kuber.loop;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * A queue of tasks with one owner thread: state that only tasks of one loop touch needs no lock.
 *
 * <p>All methods may be called from any thread.
 */
public interface Loop extends Executor {
  /** The name, for logs and thread dumps. */
  String name();

  /** Hands over a task; it runs after all tasks handed over before it. */
  @Override
  void execute(Runnable task);

  /** Hands over a task that becomes due after {@code delay}; a delay of zero or less is due now. */
  Timer schedule(Duration delay, Runnable task);

  /** A task that has not run yet. */
  interface Timer {
    /** Makes sure that the task does not start any more; does nothing once it has started. */
    void cancel();
  }
}
