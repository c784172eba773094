package io.kuber.api;

import java.io.IOException;
import java.io.InputStream;

/**
 * What the API server asks of the node that runs a pod: the seam between streaming requests and the
 * containers behind them, be they real, on another machine, or simulated.
 *
 * <p>All methods may be called from any thread and at the same time. They throw {@link
 * ApiException} when the pod or the container cannot do what is asked, with the status the client
 * is to see ({@code NotFound} for a container that the pod does not have, {@code BadRequest} for
 * one that has not started), and {@link IOException} when the node cannot be reached. The streams
 * they return block; whoever asked closes what was returned, also after an error.
 */
public interface NodeGateway {
  /** Starts a command in a running container. */
  RemoteProcess exec(PodRef pod, String container, ExecOptions options) throws IOException;

  /** Joins the main process of a running container; {@code options} carry no command. */
  RemoteProcess attach(PodRef pod, String container, ExecOptions options) throws IOException;

  /** Connects to a TCP port inside the pod's network, as a process of the pod would by loopback. */
  PodConnection portForward(PodRef pod, int port) throws IOException;

  /**
   * Opens the log of a container: lines in the order of their writing, each ending in a line feed
   * and with its time in front where asked. The stream ends where the log ends; when following, it
   * ends when the container does.
   */
  InputStream logs(PodRef pod, String container, LogOptions options) throws IOException;
}
