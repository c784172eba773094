package io.kuber.http;

import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A limited number of threads, started on demand: those that run handlers, or those of a {@link
 * LocalServer}.
 *
 * <p>A fork-join pool because it wakes the thread that rested last, whose caches are warm, where an
 * ordinary pool would walk through all of its threads in turn.
 */
final class Workers implements AutoCloseable {
  private static final int REST_SECONDS = 30;

  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger pending = new AtomicInteger();
  private final String name;
  private final int limit;
  private final ForkJoinPool pool;

  /**
   * Threads for the handlers of one server.
   *
   * @param name how the threads are called, before their number
   * @param limit how many there may be
   */
  Workers(String name, int limit) {
    this.name = name;
    this.limit = limit;
    this.pool =
        new ForkJoinPool(
            limit, this::worker, null, true, 0, limit, 1, null, REST_SECONDS, TimeUnit.SECONDS);
  }

  private ForkJoinWorkerThread worker(ForkJoinPool owner) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(owner);
    thread.setName(name + "-" + started.incrementAndGet());
    return thread;
  }

  /** Runs {@code task} soon; false when too many tasks wait already, or after the end. */
  boolean submit(Runnable task) {
    if (pending.incrementAndGet() > limit + HttpLimits.WAITING_REQUESTS) {
      pending.decrementAndGet();
      return false;
    }
    try {
      pool.execute(
          () -> {
            try {
              task.run();
            } finally {
              pending.decrementAndGet();
            }
          });
      return true;
    } catch (RejectedExecutionException closed) {
      pending.decrementAndGet();
      return false;
    }
  }

  /** Lets tasks that were taken come to their end, for so long. */
  void finish(Duration grace) {
    pool.shutdown();
    try {
      pool.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
