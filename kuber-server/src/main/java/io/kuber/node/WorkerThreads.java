package io.kuber.node;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that start and stop containers and ask probes; each waits most of its time. */
final class WorkerThreads {
  private static final int THREADS = 32;
  private static final int MAX_WAITING_ACTIONS = 10_000;
  private static final int IDLE_SECONDS = 30;

  private WorkerThreads() {}

  /** A pool that has no thread while there is nothing to do. */
  static ExecutorService pool() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING_ACTIONS),
            task -> {
              Thread thread = new Thread(task, "node-worker");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
