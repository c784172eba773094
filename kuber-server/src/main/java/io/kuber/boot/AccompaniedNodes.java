package io.kuber.boot;

import io.kuber.api.NodeGateway;
import io.kuber.api.NodeReading;
import io.kuber.boot.NodeHalf.RunningNodes;
import io.kuber.http.Handler;
import java.util.List;
import java.util.Optional;

/**
 * Nodes at work, and what else their machine was started with.
 *
 * @param teardown ends all of it, the nodes included
 */
record AccompaniedNodes(RunningNodes nodes, Teardown teardown) implements RunningNodes {
  @Override
  public NodeGateway gateway() {
    return nodes.gateway();
  }

  @Override
  public List<NodeReading> readings() {
    return nodes.readings();
  }

  @Override
  public Optional<Handler> endpoint(String node) {
    return nodes.endpoint(node);
  }

  @Override
  public boolean has(String node) {
    return nodes.has(node);
  }

  @Override
  public void close() {
    teardown.close();
  }
}
