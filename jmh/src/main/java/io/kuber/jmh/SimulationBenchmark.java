package io.kuber.jmh;

import static java.util.Objects.requireNonNull;

import io.kuber.testkit.time.VirtualCluster;
import io.kuber.testkit.time.VirtualOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast virtual time passes: seconds of a cluster at rest, whose nodes renew leases, in a
 * second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SimulationBenchmark {
  private static final Duration STEP = Duration.ofSeconds(1);

  /** How many simulated nodes there are. */
  @Param({"10", "1000"})
  public int nodes;

  private @Nullable VirtualCluster cluster;

  /** Starts the cluster and lets it come to rest. */
  @Setup(Level.Trial)
  public void start() {
    cluster = VirtualCluster.start(VirtualOptions.of(1, nodes));
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() {
    requireNonNull(cluster).close();
  }

  /** A second of its life. */
  @Benchmark
  public void second() {
    requireNonNull(cluster).advance(STEP);
  }
}
