package io.kuber.testkit.scenario;

import io.kuber.access.User;
import io.kuber.api.NodeGateway;
import io.kuber.boot.NodeHalf;
import io.kuber.boot.Progress;
import io.kuber.testkit.node.Behaviour;
import io.kuber.testkit.node.SimulatedNodes;
import io.kuber.testkit.report.Observation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The nodes of a scenario, and the eyes that see what happens. Nobody waits for them here. */
final class ScenarioHalf implements NodeHalf {
  private final Scenario scenario;
  private @Nullable Running running;

  ScenarioHalf(Scenario scenario) {
    this.scenario = scenario;
  }

  @Override
  public void check() {}

  @Override
  public RunningNodes start(ServerHalf cluster, Progress progress) {
    Behaviour behaviour = Behaviour.PLAIN.with(scenario.stages());
    Observation observation = Observation.of(cluster.store(), cluster.traffic(), cluster.loops());
    SimulatedNodes nodes =
        SimulatedNodes.start(
            cluster.clients().of(User.system("system:kuber-simulation"), "kubelet"),
            cluster.loops(),
            scenario.pools().stream().map(pool -> pool.settings(behaviour)).toList());
    Running started = new Running(cluster, nodes, observation);
    running = started;
    return started;
  }

  /** What has started; there is nothing before the cluster has. */
  Running running() {
    return Objects.requireNonNull(running, "the cluster has not started");
  }

  record Running(ServerHalf cluster, SimulatedNodes nodes, Observation observation)
      implements RunningNodes {
    @Override
    public NodeGateway gateway() {
      return nodes.gateway();
    }

    @Override
    public void close() {
      observation.close();
      nodes.close();
    }
  }
}
