package io.kuber.testkit.node.script;

import io.kuber.api.PodRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What listens on a port of a pod. Each connection has a thread of its own, which the script may
 * block; when it returns, the connection ends.
 */
@FunctionalInterface
public interface PortScript {
  /** Talks over a connection until it is over. */
  void serve(Call call) throws IOException;

  /**
   * A connection to a pod.
   *
   * @param port of the pod
   * @param input what the client sends; at its end the client sends no more
   * @param output what the client receives
   */
  record Call(PodRef pod, int port, InputStream input, OutputStream output) {}
}
