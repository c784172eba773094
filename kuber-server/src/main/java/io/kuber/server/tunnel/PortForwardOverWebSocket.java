package io.kuber.server.tunnel;

import io.kuber.http.Exchange;
import io.kuber.http.WebSocket;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One connection per port of the query over a WebSocket: for the n-th port channel 2n carries data
 * and 2n+1 an error, and the first message on both is the port (kubelet,
 * pkg/kubelet/cri/streaming/portforward/websocket.go).
 */
final class PortForwardOverWebSocket {
  /** Channels are numbered in one byte. */
  private static final int MAX_PORTS = 127;

  private static final int MAX_PORT = 0xffff;

  private final Exchange exchange;
  private final ExecProtocol protocol;
  private final PodPorts pod;

  PortForwardOverWebSocket(Exchange exchange, ExecProtocol protocol, PodPorts pod) {
    this.exchange = exchange;
    this.protocol = protocol;
    this.pod = pod;
  }

  void open() {
    List<Integer> ports = ports();
    ChannelSocket channels = new ChannelSocket(protocol.isBase64());
    List<InputStream> inputs = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      inputs.add(channels.input(2 * i));
    }
    WebSocket socket = exchange.acceptWebSocket(protocol.name(), channels);
    for (int i = 0; i < ports.size(); i++) {
      int port = ports.get(i);
      byte[] announcement = {(byte) port, (byte) (port >> 8)};
      channels.send(socket, 2 * i, announcement);
      channels.send(socket, 2 * i + 1, announcement);
      pod.connect(
          port, inputs.get(i), channels.output(socket, 2 * i), channels.output(socket, 2 * i + 1));
    }
  }

  private List<Integer> ports() {
    List<Integer> ports =
        exchange.request().query().all("ports").stream()
            .flatMap(value -> Arrays.stream(value.split(",")))
            .map(PortForwardOverWebSocket::port)
            .toList();
    if (ports.isEmpty() || ports.size() > MAX_PORTS) {
      throw Refusal.badRequest("query parameter \"ports\" must name 1 to " + MAX_PORTS + " ports");
    }
    return ports;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text.strip());
      if (port > 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Refusal.badRequest("\"" + text + "\" is not a port from 1 to " + MAX_PORT);
  }
}
