package io.kuber.http;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that run handlers: at most {@link HttpLimits#WORKERS}, started on demand.
 *
 * <p>A fork-join pool because it wakes the thread that rested last, whose caches are warm, where an
 * ordinary pool would walk through all of its threads in turn.
 */
final class Workers implements AutoCloseable {
  private static final int REST_SECONDS = 30;

  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger pending = new AtomicInteger();
  private final ForkJoinPool pool =
      new ForkJoinPool(
          HttpLimits.WORKERS,
          this::worker,
          null,
          true,
          0,
          HttpLimits.WORKERS,
          1,
          null,
          REST_SECONDS,
          TimeUnit.SECONDS);

  private ForkJoinWorkerThread worker(ForkJoinPool owner) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(owner);
    thread.setName("http-worker-" + started.incrementAndGet());
    return thread;
  }

  /** Runs {@code task} soon; false when too many tasks wait already. */
  boolean submit(Runnable task) {
    if (pending.incrementAndGet() > HttpLimits.WORKERS + HttpLimits.WAITING_REQUESTS) {
      pending.decrementAndGet();
      return false;
    }
    pool.execute(
        () -> {
          try {
            task.run();
          } finally {
            pending.decrementAndGet();
          }
        });
    return true;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
