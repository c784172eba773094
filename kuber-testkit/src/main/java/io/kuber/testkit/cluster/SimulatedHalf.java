package io.kuber.testkit.cluster;

import io.kuber.access.User;
import io.kuber.api.NodeGateway;
import io.kuber.api.NodeReading;
import io.kuber.boot.NoNodes;
import io.kuber.boot.NodeHalf;
import io.kuber.boot.Progress;
import io.kuber.boot.StartException;
import io.kuber.testkit.node.NodeSettings;
import io.kuber.testkit.node.SimulatedNodes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that only pretend, instead of this machine: they need nothing of it. Started anew whenever
 * the cluster is set back; then also for nodes of the image that want it ({@link AdoptedNodes}).
 * For any thread.
 */
public final class SimulatedHalf implements NodeHalf {
  private static final long TIMEOUT_SECONDS = 60;

  private final List<NodeSettings> groups;
  private final Consumer<String> journal;
  private volatile @Nullable SimulatedNodes nodes;

  /** So many nodes, which start with the cluster. */
  public SimulatedHalf(int count) {
    this(List.of(NodeSettings.of(count)));
  }

  /** Groups of nodes, which start with the cluster. */
  public SimulatedHalf(List<NodeSettings> groups) {
    this(groups, fault -> {});
  }

  /**
   * The same with somebody who is told what goes wrong with the nodes; see {@link SimulatedNodes}.
   */
  public SimulatedHalf(List<NodeSettings> groups, Consumer<String> journal) {
    this.groups = List.copyOf(groups);
    this.journal = journal;
  }

  @Override
  public void check() {}

  /** The nodes at work; throws {@link IllegalStateException} before the cluster has started. */
  public SimulatedNodes nodes() {
    SimulatedNodes started = nodes;
    if (started == null) {
      throw new IllegalStateException("the cluster has no simulated nodes yet");
    }
    return started;
  }

  @Override
  public RunningNodes start(ServerHalf cluster, Progress progress) throws Exception {
    List<NodeSettings> all = AdoptedNodes.with(groups, cluster.store().image());
    if (all.isEmpty()) {
      return new NoNodes().start(cluster, progress);
    }
    SimulatedNodes started =
        SimulatedNodes.start(
            cluster.clients().of(User.system("system:kuber-simulation"), "kubelet"),
            cluster.loops(),
            all,
            journal);
    int count = started.names().size();
    try {
      progress.step(
          "registering " + count + (count == 1 ? " simulated node" : " simulated nodes"),
          () -> awaitRegistered(started));
    } catch (Exception e) {
      started.close();
      throw e;
    }
    nodes = started;
    return new Running(started, cluster);
  }

  private static int awaitRegistered(SimulatedNodes nodes) throws Exception {
    try {
      return nodes.registered().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new StartException(
          "the API did not take %d nodes within %d s; try fewer with --simulated-nodes"
              .formatted(nodes.names().size(), TIMEOUT_SECONDS));
    }
  }

  private record Running(SimulatedNodes nodes, ServerHalf cluster) implements RunningNodes {
    @Override
    public List<NodeReading> readings() {
      return SimulatedUsage.of(
          cluster.store().image(), Set.copyOf(nodes.names()), cluster.loops().clock().instant());
    }

    @Override
    public NodeGateway gateway() {
      return nodes.gateway();
    }

    @Override
    public void close() {
      nodes.close();
    }
  }
}
