package io.kuber.server.route;

import io.kuber.http.WebSocket;
import io.kuber.http.WebSocketListener;
import io.kuber.server.chain.BearerToken;
import io.kuber.server.chain.ServerRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Events of a watch over a WebSocket, one message each, as fabric8's client and browsers ask for
 * them: JSON as text without the line feed, protobuf as bytes without the length (k8s.io/apiserver,
 * pkg/endpoints/handlers/watch.go).
 */
final class WebSocketEvents implements EventSink, WebSocketListener {
  private final WebSocket socket;
  private final boolean isText;
  private final List<Runnable> onClose = new ArrayList<>();
  private boolean closed;

  private WebSocketEvents(ServerRequest request, boolean isText) {
    this.isText = isText;
    this.socket = request.exchange().acceptWebSocket(subprotocol(request), this);
  }

  static EventSink accept(ServerRequest request, boolean isText) {
    return new WebSocketEvents(request, isText);
  }

  /** What the messages hold follows from the format alone; a protocol is only agreed to. */
  private static String subprotocol(ServerRequest request) {
    return BearerToken.otherProtocols(request.request()).stream().findFirst().orElse("");
  }

  @Override
  public void send(byte[] event) {
    if (isText) {
      boolean line = event.length > 0 && event[event.length - 1] == '\n';
      socket.sendText(line ? Arrays.copyOf(event, event.length - 1) : event);
    } else {
      socket.sendBinary(Arrays.copyOfRange(event, Integer.BYTES, event.length));
    }
  }

  @Override
  public void end() {
    socket.close(WebSocket.NORMAL, "");
  }

  @Override
  public void onClose(WebSocket closedSocket) {
    List<Runnable> actions;
    synchronized (this) {
      closed = true;
      actions = List.copyOf(onClose);
    }
    actions.forEach(Runnable::run);
  }

  @Override
  public void onClose(Runnable action) {
    boolean now;
    synchronized (this) {
      now = closed;
      onClose.add(action);
    }
    if (now) {
      action.run();
    }
  }

  @Override
  public boolean isWritable() {
    return socket.isWritable();
  }

  @Override
  public long pendingBytes() {
    return socket.pendingBytes();
  }

  @Override
  public void onWritable(Runnable action) {
    socket.onWritable(action);
  }

  @Override
  public boolean isClosed() {
    return socket.isClosed();
  }
}
