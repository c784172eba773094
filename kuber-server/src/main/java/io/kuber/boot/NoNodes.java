package io.kuber.boot;

import io.kuber.api.NodeGateway;

/** No half that runs pods: the process is a server alone. */
public final class NoNodes implements NodeHalf {
  @Override
  public void check() {}

  @Override
  public RunningNodes start(ServerHalf cluster, Progress progress) {
    NodeGateway nowhere = new LateGateway("no node is reached from this server");
    return new RunningNodes() {
      @Override
      public NodeGateway gateway() {
        return nowhere;
      }

      @Override
      public boolean has(String node) {
        return false;
      }

      @Override
      public void close() {}
    };
  }
}
