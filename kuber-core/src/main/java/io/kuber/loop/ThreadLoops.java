package io.kuber.loop;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loops of production: a daemon thread each, the system's clock, and secure random numbers. */
public final class ThreadLoops implements Loops {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadLoops.class);

  private final List<ThreadLoop> loops = new CopyOnWriteArrayList<>();
  private final Entropy entropy = new SecureEntropy();

  @Override
  public Loop loop(String name) {
    ThreadLoop loop = new ThreadLoop(name);
    loops.add(loop);
    return loop;
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  public Entropy entropy() {
    return entropy;
  }

  @Override
  public void close() {
    loops.forEach(loop -> loop.executor.shutdownNow());
  }

  /**
   * Waits, after {@link #close}, until the tasks that were running have ended; at most {@code
   * limit} for each loop. Returns whether all have: nothing of these loops happens any more then.
   */
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    boolean ended = true;
    for (ThreadLoop loop : loops) {
      ended &= loop.executor.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
    return ended;
  }

  private static final class ThreadLoop implements Loop {
    private final String name;
    private final ScheduledThreadPoolExecutor executor;

    ThreadLoop(String name) {
      this.name = name;
      this.executor = new ScheduledThreadPoolExecutor(1, task -> daemon(name, task));
      executor.setRemoveOnCancelPolicy(true);
      // A thread is in the network namespace of the one that starts it: here, of the loop's maker.
      executor.prestartCoreThread();
    }

    private static Thread daemon(String name, Runnable task) {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void execute(Runnable task) {
      schedule(Duration.ZERO, task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      try {
        ScheduledFuture<?> future =
            executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
      } catch (RejectedExecutionException closed) {
        LOG.debug("loop {} is closed and drops a task", name);
        return () -> {};
      }
    }

    /** A task that throws must not end the loop, and must not go unseen either. */
    private void run(Runnable task) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.error("a task of loop {} failed", name, e);
      }
    }
  }

  private static final class SecureEntropy implements Entropy {
    private final SecureRandom random = new SecureRandom();

    @Override
    public int below(int bound) {
      return random.nextInt(bound);
    }

    @Override
    public UUID uuid() {
      return UUID.randomUUID();
    }
  }
}
