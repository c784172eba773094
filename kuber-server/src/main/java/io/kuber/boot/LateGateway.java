package io.kuber.boot;

import io.kuber.api.ApiException;
import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.NodeGateway;
import io.kuber.api.NodeReading;
import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import io.kuber.api.RemoteProcess;
import io.kuber.api.StatusReason;
import io.kuber.boot.NodeHalf.RunningNodes;
import io.kuber.http.Handler;
import io.kuber.loop.Loops;
import io.kuber.server.reach.NodeReadings;
import io.kuber.server.reach.NodesElsewhere;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to the nodes, which start after the server that offers it, or not at all: until then
 * every request is told why not.
 */
final class LateGateway implements NodeGateway {
  private final String whyNot;
  private volatile @Nullable RunningNodes nodes;
  private volatile @Nullable NodesElsewhere others;
  private volatile @Nullable NodeReadings readings;

  LateGateway(String whyNot) {
    this.whyNot = whyNot;
  }

  /** To nodes that are on their way. */
  LateGateway() {
    this("the node is still starting");
  }

  void connect(RunningNodes running) {
    nodes = running;
  }

  /** From now on nodes on other machines are reached, too. */
  void reach(NodesElsewhere elsewhere, Loops loops) {
    others = elsewhere;
    readings = NodeReadings.begin(elsewhere, this::isHere, loops);
  }

  private NodeGateway nodes() {
    RunningNodes connected = nodes;
    if (connected == null) {
      throw new ApiException(StatusReason.SERVICE_UNAVAILABLE, whyNot);
    }
    return connected.gateway();
  }

  /** What answers for a node. */
  Optional<Handler> endpoint(String node) {
    return here(node).or(() -> elsewhere(node));
  }

  /** What answers for a node that is not in this process. */
  Optional<Handler> elsewhere(String node) {
    NodesElsewhere reached = others;
    return reached == null || isHere(node) ? Optional.empty() : reached.endpoint(node);
  }

  /** Before those of this process have started nobody knows which they are. */
  private boolean isHere(String node) {
    RunningNodes connected = nodes;
    return connected == null || connected.has(node);
  }

  private Optional<Handler> here(String node) {
    RunningNodes connected = nodes;
    return connected == null ? Optional.empty() : connected.endpoint(node);
  }

  /** What the nodes measured last; none while there are none. */
  List<NodeReading> readings() {
    RunningNodes connected = nodes;
    NodeReadings asked = readings;
    List<NodeReading> all = new ArrayList<>();
    if (connected != null) {
      all.addAll(connected.readings());
    }
    if (asked != null) {
      all.addAll(asked.last());
    }
    return all;
  }

  @Override
  public RemoteProcess exec(PodRef pod, String container, ExecOptions options) throws IOException {
    return nodes().exec(pod, container, options);
  }

  @Override
  public RemoteProcess attach(PodRef pod, String container, ExecOptions options)
      throws IOException {
    return nodes().attach(pod, container, options);
  }

  @Override
  public PodConnection portForward(PodRef pod, int port) throws IOException {
    NodesElsewhere reached = others;
    return reached != null && elsewhere(pod.nodeName()).isPresent()
        ? reached.connect(pod, port)
        : nodes().portForward(pod, port);
  }

  @Override
  public InputStream logs(PodRef pod, String container, LogOptions options) throws IOException {
    return nodes().logs(pod, container, options);
  }
}
