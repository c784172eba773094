package io.kuber.server.tunnel;

import io.kuber.http.SpdyListener;
import io.kuber.http.SpdyStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Connections as pairs of SPDY streams with the same request id, one for data and one for an error.
 * Belongs to the event loop.
 */
final class PortForwardOverSpdy implements SpdyListener {
  private static final int MAX_PORT = 0xffff;

  private final PodPorts ports;
  private final Map<String, SpdyStream> unpaired = new HashMap<>();

  PortForwardOverSpdy(PodPorts ports) {
    this.ports = ports;
  }

  @Override
  public void onStream(SpdyStream stream) {
    String type = stream.headers().first("streamType").orElse("");
    int port = portOf(stream);
    if (port == 0 || !(type.equals("data") || type.equals("error"))) {
      stream.reset();
      return;
    }
    String pair = stream.headers().first("requestID").orElse("port " + port);
    SpdyStream other = unpaired.remove(pair);
    if (other == null) {
      unpaired.put(pair, stream);
    } else if (type.equals("data")) {
      connect(port, stream, other);
    } else {
      connect(port, other, stream);
    }
  }

  private static int portOf(SpdyStream stream) {
    try {
      int port = stream.headers().first("port").map(Integer::parseInt).orElse(0);
      return port > 0 && port <= MAX_PORT ? port : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void connect(int port, SpdyStream data, SpdyStream error) {
    try {
      ports.connect(port, data.input(), data.output(), error.output());
    } catch (RuntimeException refused) {
      data.reset();
      error.reset();
    }
  }

  @Override
  public void onClose() {
    unpaired.clear();
  }
}
