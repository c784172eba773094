package io.kuber.testkit.time;

import io.kuber.access.User;
import io.kuber.api.NodeGateway;
import io.kuber.boot.NodeHalf;
import io.kuber.boot.Progress;
import io.kuber.client.Client;
import io.kuber.store.Store;
import io.kuber.testkit.cluster.AdoptedNodes;
import io.kuber.testkit.node.NodeSettings;
import io.kuber.testkit.node.SimulatedNodes;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a cluster on virtual time, those too that were loaded into it. They register once
 * time passes, so nobody waits here.
 */
final class VirtualHalf implements NodeHalf {
  private final List<NodeSettings> groups;
  private final Consumer<String> journal;
  private @Nullable Running running;

  VirtualHalf(List<NodeSettings> groups, Consumer<String> journal) {
    this.groups = groups;
    this.journal = journal;
  }

  @Override
  public void check() {}

  @Override
  public RunningNodes start(ServerHalf cluster, Progress progress) {
    Client client = cluster.clients().of(User.system("system:kuber-simulation"), "kubelet");
    SimulatedNodes nodes =
        SimulatedNodes.start(
            client, cluster.loops(), AdoptedNodes.with(groups, cluster.store().image()), journal);
    Running started = new Running(nodes, cluster.store());
    running = started;
    return started;
  }

  /** The nodes and the store that they came to know; there is none before the cluster started. */
  Running running() {
    return Objects.requireNonNull(running, "the cluster has not started");
  }

  record Running(SimulatedNodes nodes, Store store) implements RunningNodes {
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
