package io.kuber.testkit.cluster;

import io.kuber.access.User;
import io.kuber.api.NodeGateway;
import io.kuber.boot.NodeHalf;
import io.kuber.boot.Progress;
import io.kuber.boot.StartException;
import io.kuber.testkit.node.NodeSettings;
import io.kuber.testkit.node.SimulatedNodes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Nodes that only pretend, instead of this machine: they need nothing of it. */
public final class SimulatedHalf implements NodeHalf {
  private static final long TIMEOUT_SECONDS = 60;

  private final int count;

  /** So many nodes, which start with the cluster. */
  public SimulatedHalf(int count) {
    this.count = count;
  }

  @Override
  public void check() {}

  @Override
  public RunningNodes start(ServerHalf cluster, Progress progress) throws Exception {
    SimulatedNodes nodes =
        SimulatedNodes.start(
            cluster.clients().of(User.system("system:kuber-simulation"), "kubelet"),
            cluster.loops(),
            NodeSettings.of(count));
    try {
      progress.step(
          "registering " + count + (count == 1 ? " simulated node" : " simulated nodes"),
          () -> awaitRegistered(nodes));
    } catch (Exception e) {
      nodes.close();
      throw e;
    }
    return new Running(nodes);
  }

  private int awaitRegistered(SimulatedNodes nodes) throws Exception {
    try {
      return nodes.registered().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new StartException(
          "the API did not take %d nodes within %d s; try fewer with --simulated-nodes"
              .formatted(count, TIMEOUT_SECONDS));
    }
  }

  private record Running(SimulatedNodes nodes) implements RunningNodes {
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
