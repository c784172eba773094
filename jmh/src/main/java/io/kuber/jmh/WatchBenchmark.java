package io.kuber.jmh;

import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import io.kuber.store.Outcome;
import io.kuber.watch.Watch;
import io.kuber.watch.WatchEvent;
import io.kuber.watch.WatchHub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One change, signalled to and read by all watchers, encoded once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class WatchBenchmark {
  /** How many watch. */
  @Param({"1", "1000"})
  public int watchers;

  private final LocalStore store = new LocalStore();
  private final WatchHub hub = WatchHub.of(store);
  private final Key key = new Key("pods", "shop", "web");
  private final byte[] value = SamplePod.json();
  private final List<Watch> watches = new ArrayList<>();
  private final List<Watch> ready = new ArrayList<>();
  private long revision;

  /** Opens the watches and lets them see all there is. */
  @Setup
  public void open() {
    for (int i = 0; i < watchers; i++) {
      Watch watch = hub.open("pods", "", 0);
      watch.poll(1);
      watch.onReady(() -> ready.add(watch));
      watches.add(watch);
    }
  }

  /** Returns the bytes that were handed out. */
  @Benchmark
  public long fanOut() {
    Command put = new Command.Put(key, revision, value);
    Outcome outcome = store.submit(put).toCompletableFuture().join();
    revision = ((Outcome.Applied) outcome).stored().revision();
    long bytes = 0;
    for (Watch watch : ready) {
      for (WatchEvent event : watch.poll(8)) {
        bytes += event.encoded("json", delta -> delta.after().value()).length;
      }
    }
    ready.clear();
    return bytes;
  }
}
