package io.kuber.server.reach;

import io.kuber.api.ApiException;
import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import io.kuber.api.StatusReason;
import io.kuber.http.ChunkedOutput;
import io.kuber.http.Handler;
import io.kuber.http.Headers;
import io.kuber.http.OutgoingCall;
import io.kuber.http.OutgoingCall.Answer;
import io.kuber.resource.Resources;
import io.kuber.server.tunnel.Line;
import io.kuber.server.tunnel.SessionThreads;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** All nodes that have an endpoint of their own, as far as they are not in this process. */
public final class NodesElsewhere implements AutoCloseable {
  /** Of all requests that are passed on: an exec has two. */
  private static final int THREADS = 2048;

  private static final int SWITCHING = 101;
  private static final String PROTOCOL = "kuber-chunks";
  private static final int MOST_WORDS = 1000;

  private final Store store;
  private final NodeDialer dialer;
  private final SessionThreads threads = new SessionThreads(THREADS);

  /** Nodes of the store. */
  public NodesElsewhere(Store store, NodeDialer dialer) {
    this.store = store;
    this.dialer = dialer;
  }

  private Optional<NodeAddress> find(String node) {
    Stored stored = store.image().get(Resources.NODES.key("", node));
    return Optional.ofNullable(stored).map(Stored::object).flatMap(NodeAddress::of);
  }

  /** What passes requests on to the endpoint of a node; empty for a node without one. */
  public Optional<Handler> endpoint(String node) {
    return find(node)
        .map(address -> exchange -> new NodePassage(exchange, address, dialer, threads).begin());
  }

  /**
   * Connects to a port of a pod, by way of its node.
   *
   * @throws IOException when the node, or the port, cannot be reached
   */
  public PodConnection connect(PodRef pod, int port) throws IOException {
    NodeAddress node =
        find(pod.nodeName())
            .orElseThrow(
                () -> new IOException("node " + pod.nodeName() + " has no endpoint to ask"));
    Line line = new Line();
    try {
      SSLSocket socket = dialer.dial(node, line);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Answer answer =
          OutgoingCall.upgrade(
              in,
              socket.getOutputStream(),
              "GET",
              "/dial/%s/%s/%s?port=%d".formatted(pod.namespace(), pod.name(), pod.uid(), port),
              Headers.of("Host", node.name()),
              PROTOCOL);
      if (answer.status() != SWITCHING) {
        throw new IOException(
            new String(answer.body().readNBytes(MOST_WORDS), StandardCharsets.UTF_8).strip());
      }
      socket.setSoTimeout(0);
      return new Dialled(line, answer.body(), new ChunkedOutput(socket.getOutputStream()));
    } catch (IOException | RuntimeException e) {
      line.close();
      throw e;
    }
  }

  /** A connection that goes through a node; the end of its output leaves the input open. */
  private record Dialled(Line line, InputStream input, OutputStream output)
      implements PodConnection {
    @Override
    public void close() {
      line.close();
    }
  }

  /** All Nodes that can be asked. */
  List<NodeAddress> all() {
    List<NodeAddress> all = new ArrayList<>();
    store
        .image()
        .scan(Resources.NODES.qualifiedName(), "", null)
        .forEachRemaining(stored -> NodeAddress.of(stored.object()).ifPresent(all::add));
    return all;
  }

  /** What a node answers at a path; the whole of it. */
  byte[] read(NodeAddress node, String path, int most) throws IOException {
    try (Line line = new Line()) {
      SSLSocket socket = dialer.dial(node, line);
      Answer answer =
          OutgoingCall.send(
              new BufferedInputStream(socket.getInputStream()),
              socket.getOutputStream(),
              "GET",
              path,
              Headers.of("Host", node.name()),
              new byte[0]);
      byte[] body = answer.body().readNBytes(most);
      if (answer.status() != 200) {
        throw new IOException("status " + answer.status());
      }
      return body;
    }
  }

  /** Fails as the API does when somebody asks a pod whose node is not to be found. */
  static ApiException unreachable(IOException why) {
    return new ApiException(
        StatusReason.SERVICE_UNAVAILABLE, "error trying to reach service: " + why.getMessage());
  }

  @Override
  public void close() {
    threads.close();
  }
}
