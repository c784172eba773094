package io.kuber.engine.container;

import io.kuber.engine.wire.Routes;

/** All endpoints that look into containers, or reach into them. For any thread. */
public final class InsideEndpoints {
  private final Containers containers;

  /** Of these containers. */
  public InsideEndpoints(Containers containers) {
    this.containers = containers;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    new ExecEndpoints(containers).addTo(routes);
    new FileEndpoints(containers).addTo(routes);
    new CopyEndpoints(containers).addTo(routes);
  }
}
