package io.kuber.testkit.clients;

import io.kuber.api.NodeGateway;
import io.kuber.boot.NodeHalf;
import io.kuber.boot.Progress;
import io.kuber.server.tunnel.LocalGateway;
import io.kuber.testkit.cluster.SimulatedHalf;

/** A simulated node into whose pods streams lead all the same: to processes of this machine. */
final class MachineHalf implements NodeHalf {
  private final SimulatedHalf simulated = new SimulatedHalf(1);

  @Override
  public void check() {
    simulated.check();
  }

  @Override
  public RunningNodes start(ServerHalf cluster, Progress progress) throws Exception {
    return new Running(simulated.start(cluster, progress));
  }

  private record Running(RunningNodes nodes) implements RunningNodes {
    @Override
    public NodeGateway gateway() {
      return new LocalGateway();
    }

    @Override
    public void close() {
      nodes.close();
    }
  }
}
