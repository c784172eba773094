package io.kuber.server.route;

import io.kuber.api.ApiException;
import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.NodeGateway;
import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import io.kuber.api.RemoteProcess;
import io.kuber.api.StatusReason;
import java.io.InputStream;

/** The way to the nodes of a cluster that has none. */
final class NoNodes implements NodeGateway {
  @Override
  public RemoteProcess exec(PodRef pod, String container, ExecOptions options) {
    throw none();
  }

  @Override
  public RemoteProcess attach(PodRef pod, String container, ExecOptions options) {
    throw none();
  }

  @Override
  public PodConnection portForward(PodRef pod, int port) {
    throw none();
  }

  @Override
  public InputStream logs(PodRef pod, String container, LogOptions options) {
    throw none();
  }

  private static ApiException none() {
    return new ApiException(StatusReason.SERVICE_UNAVAILABLE, "no node is there");
  }
}
