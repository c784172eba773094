package io.kuber.load.store;

import io.kuber.load.Latencies;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * What one store did of one operation with so many in flight.
 *
 * @param perSecond answers within the measured time
 * @param latencies of these
 */
record Round(double perSecond, Latencies latencies) {
  private static final double NANOS = 1e9;
  private static final int MAX_PATIENCE_SECONDS = 60;

  /** Runs for a quarter of {@code time} to warm up, then for {@code time}. */
  static Round run(
      StoreUnderLoad store,
      Operation operation,
      Keys keys,
      byte[] value,
      int inFlight,
      Duration time)
      throws InterruptedException, ExecutionException, TimeoutException {
    long measured = System.nanoTime() + time.toNanos() / 4;
    long end = measured + time.toNanos();
    Lane.Load load = new Lane.Load(store, operation, keys, value, measured, end);
    List<CompletableFuture<Latencies>> lanes =
        IntStream.range(0, inFlight).mapToObj(lane -> new Lane(load, lane).run()).toList();
    Latencies all = new Latencies();
    for (CompletableFuture<Latencies> lane : lanes) {
      all.add(lane.get(2 * time.toSeconds() + MAX_PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
    return new Round(all.count() * NANOS / time.toNanos(), all);
  }
}
