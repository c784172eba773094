package io.kuber.testkit.fault;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other processes do, of which only asking tells. */
final class Await {
  private static final int POLL_MILLIS = 20;

  private Await() {}

  /** Waits until it is so; {@code state} says how it is instead when it never is. */
  static void until(String what, Duration atMost, Supplier<?> state, BooleanSupplier isSo) {
    long deadline = System.nanoTime() + atMost.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (!isSo.getAsBoolean()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("not within " + atMost + ": " + what + "; " + state.get());
        }
        if (never.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("nobody counts down");
        }
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The result of a stage; fails when there is none in time. */
  static <T> T result(String what, Duration atMost, CompletableFuture<T> stage) {
    try {
      return stage.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not within " + atMost + ": " + what, e);
    } catch (ExecutionException e) {
      throw new AssertionError(what + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Lets time pass, where how long a fault lasts is the point. */
  static void pass(Duration time) {
    try {
      if (new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts down");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Cleans up, also after a test that took too long and was interrupted for it. */
  static void uninterrupted(Runnable cleaning) {
    boolean interrupted = Thread.interrupted();
    try {
      cleaning.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted", e);
  }
}
