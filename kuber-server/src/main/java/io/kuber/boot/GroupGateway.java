package io.kuber.boot;

import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.NodeGateway;
import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import io.kuber.api.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;

/**
 * The way to the pods of several nodes.
 *
 * @param nodes the way to one, by its name
 */
record GroupGateway(Nodes nodes) implements NodeGateway {
  /** Finds the way to a node. */
  interface Nodes {
    NodeGateway of(String node) throws IOException;
  }

  @Override
  public RemoteProcess exec(PodRef pod, String container, ExecOptions options) throws IOException {
    return nodes.of(pod.nodeName()).exec(pod, container, options);
  }

  @Override
  public RemoteProcess attach(PodRef pod, String container, ExecOptions options)
      throws IOException {
    return nodes.of(pod.nodeName()).attach(pod, container, options);
  }

  @Override
  public PodConnection portForward(PodRef pod, int port) throws IOException {
    return nodes.of(pod.nodeName()).portForward(pod, port);
  }

  @Override
  public InputStream logs(PodRef pod, String container, LogOptions options) throws IOException {
    return nodes.of(pod.nodeName()).logs(pod, container, options);
  }
}
