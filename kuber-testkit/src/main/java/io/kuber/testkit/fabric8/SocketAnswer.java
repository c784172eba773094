package io.kuber.testkit.fabric8;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.fabric8.kubernetes.client.http.WebSocketUpgradeResponse;
import io.kuber.http.AnswerListener;
import io.kuber.http.Headers;
import io.kuber.http.LocalCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** An answer that becomes a WebSocket, or says why not. */
final class SocketAnswer implements AnswerListener {
  private static final int SWITCHING_PROTOCOLS = 101;

  private final HttpRequest request;
  private final WebSocket.Listener listener;
  private final CompletableFuture<WebSocketResponse> response = new CompletableFuture<>();

  SocketAnswer(HttpRequest request, WebSocket.Listener listener) {
    this.request = request;
    this.listener = listener;
  }

  /** Completes once the socket is open, or refused. */
  CompletableFuture<WebSocketResponse> response() {
    return response;
  }

  /** fabric8's half of the socket. */
  private record Socket(LocalCall call) implements WebSocket {
    @Override
    public boolean send(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return call.send(bytes);
    }

    @Override
    public boolean sendClose(int code, String reason) {
      return call.close(code, reason == null ? "" : reason);
    }

    @Override
    public long queueSize() {
      return call.unsentBytes();
    }

    @Override
    public void request() {
      call.take();
    }
  }

  /**
   * As with fabric8's other transports, the first message is asked for on opening. The listener
   * knows the socket before whoever waits for the response does, who may send through the listener.
   */
  @Override
  public void onHead(LocalCall call, int status, Headers headers) {
    WebSocketUpgradeResponse upgrade =
        new WebSocketUpgradeResponse(request, status, Answer.map(headers));
    if (status != SWITCHING_PROTOCOLS) {
      call.cancel();
      response.complete(new WebSocketResponse(upgrade, new WebSocketHandshakeException(upgrade)));
      return;
    }
    WebSocket socket = new Socket(call);
    listener.onOpen(socket);
    response.complete(new WebSocketResponse(upgrade, socket));
    socket.request();
  }

  @Override
  public void onBytes(LocalCall call, byte[] bytes) {
    listener.onMessage(new Socket(call), ByteBuffer.wrap(bytes).asReadOnlyBuffer());
  }

  @Override
  public void onText(LocalCall call, String text) {
    listener.onMessage(new Socket(call), text);
  }

  @Override
  public void onClose(LocalCall call, int status, String reason) {
    listener.onClose(new Socket(call), status, reason);
  }

  @Override
  public void onFailure(LocalCall call, IOException cause) {
    if (!response.completeExceptionally(cause)) {
      listener.onError(new Socket(call), cause);
    }
  }
}
