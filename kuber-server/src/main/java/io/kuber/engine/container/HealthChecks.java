package io.kuber.engine.container;

import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerProcess;
import io.kuber.container.ProcessSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out again and again how well containers are, while they run. For any thread; checks run on
 * a few threads of its own, and one that finds none free is late.
 */
final class HealthChecks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);
  private static final int THREADS = 4;
  private static final int TIMED_OUT = -1;

  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor threads =
      new ScheduledThreadPoolExecutor(
          THREADS,
          work -> {
            Thread thread = Executors.defaultThreadFactory().newThread(work);
            thread.setDaemon(true);
            thread.setName("health-check");
            return thread;
          });

  HealthChecks(InstantSource clock) {
    this.clock = clock;
    threads.setRemoveOnCancelPolicy(true);
  }

  /** Checks a container from now on until this run of it ends. */
  void begin(Life life, Container run, HealthPlan plan) {
    later(life, run, plan);
  }

  private void later(Life life, Container run, HealthPlan plan) {
    try {
      var unused =
          threads.schedule(
              () -> check(life, run, plan), plan.interval().toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.debug("no further check of {}: {}", life.record().name(), closed.getMessage());
    }
  }

  private void check(Life life, Container run, HealthPlan plan) {
    if (life.running().filter(now -> now == run).isEmpty()) {
      return;
    }
    if (!life.record().state().isPaused()) {
      Instant start = clock.instant();
      Health.Check done = check(run, plan, start);
      life.checked(run, done, plan);
    }
    later(life, run, plan);
  }

  private Health.Check check(Container run, HealthPlan plan, Instant start) {
    ProcessSpec first = run.process();
    ProcessSpec process =
        new ProcessSpec(
                plan.command(),
                first.environment(),
                first.workingDirectory(),
                first.user(),
                false,
                false)
            .withLimits(first.limits());
    try (ContainerProcess check = run.exec(process)) {
      Output output = new Output();
      Thread out = Streams.begin("health-output", () -> output.read(check.stdout()));
      Thread err = Streams.begin("health-errors", () -> output.read(check.stderr()));
      int code = code(check, plan.timeout());
      if (code != TIMED_OUT) {
        out.join(plan.timeout().toMillis());
        err.join(plan.timeout().toMillis());
      }
      String said =
          code == TIMED_OUT
              ? "Health check exceeded timeout (" + plan.timeout().toMillis() + "ms)"
              : output.text();
      return new Health.Check(start, clock.instant(), code, said);
    } catch (ContainerException e) {
      return new Health.Check(start, clock.instant(), TIMED_OUT, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Health.Check(start, clock.instant(), TIMED_OUT, "the engine is closing");
    }
  }

  private static int code(ContainerProcess check, Duration timeout) throws InterruptedException {
    try {
      return check.exit().toCompletableFuture().get(timeout.toNanos(), TimeUnit.NANOSECONDS).code();
    } catch (TimeoutException late) {
      return TIMED_OUT;
    } catch (ExecutionException e) {
      throw new ContainerException("a health check cannot be waited for", e);
    }
  }

  /** What a check writes; beyond the limit it is read and forgotten. */
  private static final class Output {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void read(InputStream in) throws IOException {
      byte[] buffer = new byte[Health.MOST_BYTES];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        keep(buffer, count);
      }
    }

    private synchronized void keep(byte[] buffer, int count) {
      bytes.write(buffer, 0, Math.min(count, Health.MOST_BYTES - bytes.size()));
    }

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  /** Checks nothing any more. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
