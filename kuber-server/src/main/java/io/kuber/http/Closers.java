package io.kuber.http;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Actions to run once when something closes; for any thread. */
final class Closers {
  private static final Logger LOG = LoggerFactory.getLogger(Closers.class);

  private List<Runnable> actions = new ArrayList<>();
  private boolean isClosed;

  /** Runs {@code action} on closing; at once when closed already. */
  void add(Runnable action) {
    synchronized (this) {
      if (!isClosed) {
        actions.add(action);
        return;
      }
    }
    run(action);
  }

  /** Runs all actions; false when they have been run before. */
  boolean close() {
    List<Runnable> due;
    synchronized (this) {
      if (isClosed) {
        return false;
      }
      isClosed = true;
      due = actions;
      actions = List.of();
    }
    due.forEach(Closers::run);
    return true;
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("an action on closing failed", e);
    }
  }
}
