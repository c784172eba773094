package io.kuber.load.store;

import io.kuber.load.Latencies;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * One of the requests in flight: sends the next when the last was answered, until the time is over.
 *
 * <p>A chain of callbacks, not a thread. A failure ends the round.
 */
final class Lane {
  /** Answers that may come on the caller's own thread before the stack is unwound. */
  private static final int MAX_DEPTH = 64;

  private final Load load;
  private final int number;
  private final Latencies latencies = new Latencies();
  private final CompletableFuture<Latencies> done = new CompletableFuture<>();

  Lane(Load load, int number) {
    this.load = load;
    this.number = number;
  }

  /**
   * What all lanes of a round do.
   *
   * @param measured when counting begins, in nanoseconds of {@link System#nanoTime()}
   * @param end when no further request is sent
   */
  record Load(
      StoreUnderLoad store, Operation operation, Keys keys, byte[] value, long measured, long end) {
    CompletionStage<?> next(int lane) {
      return operation.run(store, keys, lane, value);
    }
  }

  /** Starts; completes with what was measured. */
  CompletableFuture<Latencies> run() {
    go();
    return done;
  }

  private void go() {
    for (int depth = 0; depth < MAX_DEPTH && !done.isDone(); depth++) {
      long start = System.nanoTime();
      if (start >= load.end) {
        done.complete(latencies);
        return;
      }
      CompletionStage<?> answer = load.next(number);
      boolean goOn = !answer.toCompletableFuture().isDone();
      answer.whenComplete((result, failure) -> answered(start, failure, goOn));
      if (goOn) {
        return;
      }
    }
    if (!done.isDone()) {
      ForkJoinPool.commonPool().execute(this::go);
    }
  }

  private void answered(long start, @Nullable Throwable failure, boolean goOn) {
    if (failure != null) {
      done.completeExceptionally(failure);
      return;
    }
    long now = System.nanoTime();
    if (start >= load.measured && now <= load.end) {
      latencies.add(now - start);
    }
    if (goOn) {
      go();
    }
  }
}
