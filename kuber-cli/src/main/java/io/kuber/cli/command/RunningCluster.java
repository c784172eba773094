package io.kuber.cli.command;

import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.NodeHalf;
import io.kuber.boot.Progress;
import io.kuber.boot.StartException;
import io.kuber.cli.output.CommandFailure;
import io.kuber.cli.output.Steps;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that ends with the command, however the command ends: a signal closes it too, and the
 * process waits until that is done.
 */
final class RunningCluster implements AutoCloseable {
  private final Runnable afterwards;
  private @Nullable Cluster cluster;
  private boolean closed;

  private RunningCluster(Runnable afterwards) {
    this.afterwards = afterwards;
  }

  static RunningCluster start(ClusterOptions options, NodeHalf nodes, Steps steps)
      throws Exception {
    return start(options, nodes, steps, () -> {});
  }

  /** Starts a cluster; {@code afterwards} runs once it has been closed, or has failed to start. */
  static RunningCluster start(
      ClusterOptions options, NodeHalf nodes, Steps steps, Runnable afterwards) throws Exception {
    RunningCluster running = new RunningCluster(afterwards);
    Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
    try {
      running.begin(options, nodes, steps);
      return running;
    } catch (StartException e) {
      running.close();
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  /** Holds the lock, so that a signal that comes while the cluster starts waits and then closes. */
  private synchronized void begin(ClusterOptions options, NodeHalf nodes, Steps steps)
      throws Exception {
    if (!closed) {
      cluster = Cluster.start(options, nodes, progress(steps));
    }
  }

  /** Steps as the parts of a cluster take them. */
  static Progress progress(Steps steps) {
    return new Progress() {
      @Override
      public <T> T step(String doing, Callable<T> step) throws Exception {
        return steps.run(doing, step);
      }
    };
  }

  synchronized Cluster cluster() {
    return Objects.requireNonNull(cluster, "stopped while starting");
  }

  /** Waits for the store to fail; a signal ends the process instead. */
  void awaitEnd() throws InterruptedException {
    cluster().awaitFault();
    throw new CommandFailure("the store failed; the log above says why");
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      if (cluster != null) {
        cluster.close();
      }
      afterwards.run();
    }
  }
}
