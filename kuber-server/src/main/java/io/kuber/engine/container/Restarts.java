package io.kuber.engine.container;

import io.kuber.container.ContainerException;
import io.kuber.engine.EngineException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts containers again as their policies say. For any thread; starting runs on its own. */
final class Restarts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Restarts.class);

  private final Consumer<Life> start;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Restarts::daemon);

  // Guarded by this: starts that are to come, and how many there were in a row, by container.
  private final Map<String, Future<?>> waiting = new HashMap<>();
  private final Map<String, Integer> failures = new HashMap<>();

  /** Restarts that begin with {@code start}. */
  Restarts(Consumer<Life> start) {
    this.start = start;
  }

  private static Thread daemon(Runnable work) {
    Thread made = new Thread(work, "container-restarts");
    made.setDaemon(true);
    return made;
  }

  /** Where what follows the end of a container is done. */
  Executor thread() {
    return thread;
  }

  /** A container has ended. */
  synchronized void over(Life life, ContainerState state) {
    int before = failures.getOrDefault(life.record().id(), 0);
    next(life, state, RestartPolicy.failures(before, run(state)));
  }

  private static Duration run(ContainerState state) {
    Duration run =
        Duration.between(Instant.parse(state.startedAt()), Instant.parse(state.finishedAt()));
    return run.isNegative() ? Duration.ZERO : run;
  }

  private void next(Life life, ContainerState state, int before) {
    RestartPolicy policy = RestartPolicy.of(life.record().host());
    if (policy.again(state.exitCode(), before, life.record().isStopped())) {
      failures.put(life.record().id(), before + 1);
      later(life, RestartPolicy.pause(before));
    } else {
      failures.remove(life.record().id());
    }
  }

  /** Starts a container after a while, unless somebody says otherwise before. */
  synchronized void later(Life life, Duration pause) {
    Future<?> start =
        thread.schedule(() -> startNow(life), pause.toMillis(), TimeUnit.MILLISECONDS);
    Future<?> before = waiting.put(life.record().id(), start);
    if (before != null) {
      before.cancel(false);
    }
  }

  private void startNow(Life life) {
    if (!isWaiting(life)) {
      return;
    }
    try {
      start.accept(life);
    } catch (EngineException | ContainerException | UncheckedIOException e) {
      LOG.warn("container {} does not start again: {}", life.record().name(), e.getMessage());
      again(life);
    }
  }

  private synchronized boolean isWaiting(Life life) {
    return waiting.remove(life.record().id()) != null;
  }

  private synchronized void again(Life life) {
    next(life, life.record().state(), failures.getOrDefault(life.record().id(), 0));
  }

  /** Somebody starts, stops or removes it: nothing of before is to come any more. */
  synchronized void forget(Life life) {
    failures.remove(life.record().id());
    Future<?> start = waiting.remove(life.record().id());
    if (start != null) {
      start.cancel(false);
    }
  }

  /** Starts nothing any more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
