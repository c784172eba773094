package io.kuber.jmh;

import static java.util.Objects.requireNonNull;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.testkit.Snapshot;
import io.kuber.testkit.TestCluster;
import io.kuber.testkit.TestClusterOptions;
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
 * What a test waits for: a new cluster, one that is set back, and a fork; each until it is gone or
 * ready again. The cluster that is set back holds objects that a test has made.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TestClusterBenchmark {
  private static final int OBJECTS = 100;

  /** How many simulated nodes there are. */
  @Param({"0", "3"})
  public int nodes;

  private TestClusterOptions options = TestClusterOptions.DEFAULT;
  private @Nullable TestCluster cluster;
  private @Nullable Snapshot before;

  /** Starts the cluster that is set back and forked. */
  @Setup(Level.Trial)
  public void start() throws Exception {
    options = TestClusterOptions.DEFAULT.withNodes(nodes);
    TestCluster started = TestCluster.start(options);
    cluster = started;
    before = started.snapshot();
    for (int i = 0; i < OBJECTS; i++) {
      KubeObject map =
          Resources.CONFIG_MAPS.object("default", "map-" + i).with(Tree.of("key", "value"), "data");
      started.client().create(Resources.CONFIG_MAPS, map).toCompletableFuture().join();
    }
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() {
    requireNonNull(cluster).close();
  }

  /** From nothing to a cluster, and to its end. */
  @Benchmark
  public void startAndClose() throws Exception {
    TestCluster.start(options).close();
  }

  /** Back to what the cluster was before the test. */
  @Benchmark
  public void reset() throws Exception {
    requireNonNull(cluster).restore(requireNonNull(before));
  }

  /** A fork, and its end. */
  @Benchmark
  public void forkAndClose() throws Exception {
    requireNonNull(cluster).fork().close();
  }
}
