package io.kuber.node.image;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what waits for networks and disks most of its time. Images and layers have their own:
 * an image waits for its layers, and must not hold the threads on which they come.
 *
 * @param images one per pull
 * @param layers shared by all pulls
 */
record PullThreads(ExecutorService images, ExecutorService layers) implements AutoCloseable {
  private static final int IMAGES = 6;
  private static final int LAYERS = 6;
  private static final int MOST_WAITING = 10_000;
  private static final int IDLE_SECONDS = 30;

  static PullThreads start() {
    return new PullThreads(pool("image-pull", IMAGES), pool("image-layer", LAYERS));
  }

  private static ExecutorService pool(String name, int size) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Interrupts what runs; sockets and pauses end with that. */
  @Override
  public void close() {
    images.shutdownNow();
    layers.shutdownNow();
  }
}
