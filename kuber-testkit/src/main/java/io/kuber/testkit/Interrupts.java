package io.kuber.testkit;

/** Turns interruptions into failures, so that tests need not declare them. */
final class Interrupts {
  private Interrupts() {}

  /** Something that may be interrupted. */
  @FunctionalInterface
  interface Task<T> {
    T run() throws InterruptedException;
  }

  /** Something without a result that may be interrupted. */
  @FunctionalInterface
  interface Action {
    void run() throws InterruptedException;
  }

  static void run(Action action) {
    unchecked(
        () -> {
          action.run();
          return true;
        });
  }

  static <T> T unchecked(Task<T> task) {
    try {
      return task.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the test was interrupted", e);
    }
  }
}
