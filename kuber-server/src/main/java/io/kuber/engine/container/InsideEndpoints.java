package io.kuber.engine.container;

import io.kuber.engine.wire.Routes;

/** All endpoints that look into containers, or reach into them. For any thread. */
public final class InsideEndpoints {
  private final Containers containers;
  private final long machineMemory;

  /**
   * Of these containers.
   *
   * @param machineMemory bytes that those may use that have no limit
   */
  public InsideEndpoints(Containers containers, long machineMemory) {
    this.containers = containers;
    this.machineMemory = machineMemory;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    new ExecEndpoints(containers).addTo(routes);
    new FileEndpoints(containers).addTo(routes);
    new CopyEndpoints(containers).addTo(routes);
    new StatsEndpoint(containers, machineMemory).addTo(routes);
  }
}
