package io.kuber.node.endpoint;

import io.kuber.api.ApiException;
import io.kuber.api.NodeGateway;
import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import io.kuber.api.StatusReason;
import io.kuber.http.Exchange;
import io.kuber.http.Handler;
import io.kuber.http.Headers;
import io.kuber.server.tunnel.RawLine;
import io.kuber.server.tunnel.SessionThreads;
import java.io.IOException;

/**
 * {@code /dial/NAMESPACE/POD?port=PORT}: connects to a port of a pod, as {@code /portForward} does,
 * for a server of the API that has one connection to make and nothing to multiplex. What it says
 * comes in chunks, so that its end can be told from the end of the connection. The kubelet upstream
 * does not have this.
 *
 * @param pods knows which pod a path means
 */
record PodDial(PodPaths pods, NodeGateway gateway, SessionThreads threads) implements Handler {
  /** Connections have two each. */
  static final int THREADS = 512;

  private static final String PROTOCOL = "kuber-chunks";

  @Override
  public void handle(Exchange exchange) {
    if (exchange.request().upgrade().filter(PROTOCOL::equals).isEmpty()) {
      throw new ApiException(
          StatusReason.BAD_REQUEST, "to dial is to ask for an upgrade to " + PROTOCOL);
    }
    PodRef pod = pods.pod(exchange);
    int port = port(exchange);
    threads.run(() -> connect(exchange, pod, port));
  }

  private static int port(Exchange exchange) {
    String text = exchange.request().query().first("port").orElse("");
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new ApiException(StatusReason.BAD_REQUEST, "parameter port is no port");
    }
    return Integer.parseInt(text);
  }

  private void connect(Exchange exchange, PodRef pod, int port) {
    try (PodConnection connection = gateway.portForward(pod, port)) {
      new RawLine(exchange, threads)
          .runChunked(Headers.of("Upgrade", PROTOCOL), connection.input(), connection.output());
    } catch (IOException e) {
      exchange.fail(
          new ApiException(StatusReason.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      exchange.fail(e);
    }
  }
}
