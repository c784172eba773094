package io.kuber.server.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.api.NodeGateway;
import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Connections to the ports of one pod, each between a client's streams and the pod. */
record PodPorts(PodRef pod, NodeGateway gateway, SessionThreads threads) {
  /**
   * Connects on a thread of its own and copies both ways until the pod ends the connection, or the
   * client is gone. That the client ends its way is passed on and leaves the other way open.
   */
  void connect(int port, InputStream fromClient, OutputStream toClient, OutputStream error) {
    threads.run(
        () -> {
          try (error;
              toClient;
              fromClient) {
            exchangeBytes(port, fromClient, toClient, error);
          } catch (IOException gone) {
            // The client's streams could not be closed because it closed them.
          }
        });
  }

  private void exchangeBytes(
      int port, InputStream fromClient, OutputStream toClient, OutputStream error)
      throws IOException {
    try (PodConnection connection = gateway.portForward(pod, port)) {
      threads.run(() -> copyToPod(fromClient, connection));
      SessionThreads.copy(connection.input(), toClient);
    } catch (IOException | RuntimeException e) {
      error.write(message(port, e).getBytes(UTF_8));
    }
  }

  private static void copyToPod(InputStream fromClient, PodConnection connection) {
    if (!SessionThreads.copy(fromClient, connection.output())) {
      closeQuietly(connection);
    }
  }

  private static void closeQuietly(PodConnection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // What cannot be closed is broken already, which the other direction finds out.
    }
  }

  private String message(int port, Exception cause) {
    return "error forwarding port %d to pod %s, uid %s: %s"
        .formatted(port, pod.name(), pod.uid(), cause.getMessage());
  }
}
