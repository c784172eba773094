package io.kuber.cli;

import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.NodeGateway;
import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import io.kuber.api.RemoteProcess;
import io.kuber.boot.NodeHalf;
import io.kuber.boot.NodeHalf.RunningNodes;
import io.kuber.boot.Progress;
import java.io.IOException;
import java.io.InputStream;

/** A cluster without nodes, for tests that run no pods: it needs nothing of the machine. */
final class NoNodes implements NodeHalf, RunningNodes, NodeGateway {
  @Override
  public void check() {}

  @Override
  public RunningNodes start(ServerHalf cluster, Progress progress) {
    return this;
  }

  @Override
  public NodeGateway gateway() {
    return this;
  }

  @Override
  public RemoteProcess exec(PodRef pod, String container, ExecOptions options) throws IOException {
    throw new IOException("there are no nodes");
  }

  @Override
  public RemoteProcess attach(PodRef pod, String container, ExecOptions options)
      throws IOException {
    throw new IOException("there are no nodes");
  }

  @Override
  public PodConnection portForward(PodRef pod, int port) throws IOException {
    throw new IOException("there are no nodes");
  }

  @Override
  public InputStream logs(PodRef pod, String container, LogOptions options) throws IOException {
    throw new IOException("there are no nodes");
  }

  @Override
  public void close() {}
}
