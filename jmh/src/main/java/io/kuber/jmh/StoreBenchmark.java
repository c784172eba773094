package io.kuber.jmh;

import com.google.common.collect.Iterators;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import io.kuber.store.Outcome;
import io.kuber.store.Stored;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The machine and its image with 150,000 objects in 500 namespaces. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class StoreBenchmark {
  private static final int OBJECTS = 150_000;
  private static final int NAMESPACES = 500;

  private final LocalStore store = new LocalStore();
  private final Key[] keys = new Key[OBJECTS];
  private final byte[] value = SamplePod.json();
  private final Random random = new Random(1);

  /** Fills the store. */
  @Setup
  public void fill() {
    for (int i = 0; i < OBJECTS; i++) {
      keys[i] = new Key("pods", "ns-" + i % NAMESPACES, "pod-" + i);
      write(new Command.Put(keys[i], Command.ABSENT, value));
    }
  }

  /** One update of a random object: compare, new version, new image. */
  @Benchmark
  public Outcome update() {
    Key key = keys[random.nextInt(OBJECTS)];
    Stored current = store.image().get(key);
    return write(new Command.Put(key, current == null ? 0 : current.revision(), value));
  }

  /** One lookup of a random object. */
  @Benchmark
  public @Nullable Stored get() {
    return store.image().get(keys[random.nextInt(OBJECTS)]);
  }

  /** A list of the 300 objects of one namespace. */
  @Benchmark
  public int scanNamespace() {
    return Iterators.size(store.image().scan("pods", "ns-" + random.nextInt(NAMESPACES), null));
  }

  private Outcome write(Command command) {
    return store.submit(command).toCompletableFuture().join();
  }
}
