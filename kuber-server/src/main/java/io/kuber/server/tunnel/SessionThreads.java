package io.kuber.server.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which sessions block, up to a limit. */
public final class SessionThreads implements AutoCloseable {
  private static final int REST_SECONDS = 10;
  private static final int BUFFER_BYTES = 32 << 10;

  private final AtomicInteger started = new AtomicInteger();
  private final ThreadPoolExecutor executor;

  /** Threads that are made when they are needed, and go when they rest. */
  public SessionThreads(int limit) {
    executor =
        new ThreadPoolExecutor(
            0, limit, REST_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "tunnel-" + started.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** Runs {@code task} on a thread of its own; refuses when there are too many already. */
  public void run(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException tooMany) {
      throw Refusal.tooManySessions();
    }
  }

  /** Copies as {@link #copy} does, on a thread of its own, and then runs {@code done}. */
  void pump(InputStream from, OutputStream to, Runnable done) {
    run(
        () -> {
          copy(from, to);
          done.run();
        });
  }

  /**
   * Copies on the calling thread until either stream ends or fails, and closes {@code to}. True
   * when {@code from} came to its end; a failure is how the other copies end, and no error.
   */
  public static boolean copy(InputStream from, OutputStream to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (to) {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        to.write(buffer, 0, count);
        to.flush();
      }
      return true;
    } catch (IOException either) {
      return false;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
