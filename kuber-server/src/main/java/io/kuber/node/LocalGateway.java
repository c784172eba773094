package io.kuber.node;

import io.kuber.api.ApiException;
import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.NodeGateway;
import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import io.kuber.api.RemoteProcess;
import io.kuber.api.StatusReason;
import io.kuber.container.ContainerException;
import io.kuber.container.ProcessSpec;
import io.kuber.node.ContainerState.Phase;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.RunningContainers.Running;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Answers the API server's streaming requests for the pods of this machine. */
final class LocalGateway implements NodeGateway {
  private static final int CONNECT_TIMEOUT_MILLIS = 5000;

  private final NodeAgent agent;

  LocalGateway(NodeAgent agent) {
    this.agent = agent;
  }

  @Override
  public RemoteProcess exec(PodRef pod, String container, ExecOptions options) {
    Running running = running(pod, container);
    ProcessSpec process =
        new ProcessSpec(
            options.command(),
            running.process().environment(),
            running.process().workingDirectory(),
            running.process().user(),
            options.tty(),
            options.stdin());
    try {
      return new ExecutedProcess(running.container().exec(process));
    } catch (ContainerException e) {
      throw new ApiException(
          StatusReason.INTERNAL_ERROR, "error executing command in container: " + e.getMessage());
    }
  }

  @Override
  public RemoteProcess attach(PodRef pod, String container, ExecOptions options) {
    Running running = running(pod, container);
    return new AttachedProcess(running.container(), options, running.stdinOnce());
  }

  @Override
  public PodConnection portForward(PodRef pod, int port) throws IOException {
    PodWorker worker = worker(pod);
    String ip = agent.onLoop(() -> worker.state().ip());
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(ip, port), CONNECT_TIMEOUT_MILLIS);
    } catch (IOException e) {
      socket.close();
      throw new IOException(
          "failed to connect to port " + port + " inside pod " + pod.name() + ": " + e.getMessage(),
          e);
    }
    return new SocketConnection(socket);
  }

  @Override
  public InputStream logs(PodRef pod, String container, LogOptions options) {
    PodWorker worker = worker(pod);
    requireDeclared(worker, pod, container);
    ContainerState state = agent.onLoop(() -> worker.state().container(container));
    int attempt = options.previous() ? state.restarts() - 1 : state.restarts();
    if (options.previous() && attempt < 0) {
      throw new ApiException(
          StatusReason.BAD_REQUEST,
          "previous terminated container \"%s\" in pod \"%s\" not found"
              .formatted(container, pod.name()));
    }
    if (!state.hasRun() || state.id().isEmpty()) {
      throw new ApiException(
          StatusReason.BAD_REQUEST,
          "container \"%s\" in pod \"%s\" is waiting to start: %s"
              .formatted(
                  container,
                  pod.name(),
                  state.problem().map(ContainerState.Problem::reason).orElse("ContainerCreating")));
    }
    return worker
        .assembly()
        .files()
        .read(container, attempt, options, () -> hasEnded(worker, container, state.id()));
  }

  private boolean hasEnded(PodWorker worker, String container, String id) {
    ContainerState now = agent.onLoop(() -> worker.state().container(container));
    return !now.isAlive() || !now.id().equals(id);
  }

  private Running running(PodRef pod, String container) {
    PodWorker worker = worker(pod);
    requireDeclared(worker, pod, container);
    boolean runs = agent.onLoop(() -> worker.state().is(container, Phase.RUNNING));
    return worker
        .assembly()
        .running(container)
        .filter(running -> runs)
        .orElseThrow(
            () ->
                new ApiException(
                    StatusReason.INTERNAL_ERROR,
                    "unable to upgrade connection: container not found (\"" + container + "\")"));
  }

  private PodWorker worker(PodRef pod) {
    PodWorker worker = agent.worker(pod.uid());
    if (worker == null) {
      throw new ApiException(
          StatusReason.NOT_FOUND, "pod \"" + pod.name() + "\" is not on this node");
    }
    return worker;
  }

  private static void requireDeclared(PodWorker worker, PodRef pod, String container) {
    boolean declared =
        PodSpec.of(worker.object()).all().map(PodContainer::name).anyMatch(container::equals);
    if (!declared) {
      throw new ApiException(
          StatusReason.BAD_REQUEST,
          "container " + container + " is not valid for pod " + pod.name());
    }
  }
}
