package io.kuber.server.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The JDK's WebSocket, speaking channels. */
final class WebSocketClient implements WebSocket.Listener {
  private final ByteArrayOutputStream[] received = new ByteArrayOutputStream[8];
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<String> pong = new CompletableFuture<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  WebSocketClient(TunnelServer server, String target, String subprotocol) {
    for (int i = 0; i < received.length; i++) {
      received[i] = new ByteArrayOutputStream();
    }
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    if (!subprotocol.isEmpty()) {
      builder.subprotocols(subprotocol);
    }
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + target);
    socket = builder.buildAsync(uri, this).join();
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  void send(int channel, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 1);
    socket.sendBinary(buffer.put((byte) channel).put(bytes).flip(), true).join();
  }

  /** The same as text, as browsers send it. */
  void sendBase64(int channel, byte[] bytes) {
    socket.sendText(channel + Base64.getEncoder().encodeToString(bytes), true).join();
  }

  /** What the server sends back of a ping. */
  String ping(String message) throws Exception {
    socket.sendPing(ByteBuffer.wrap(message.getBytes(UTF_8))).join();
    return pong.get(30, TimeUnit.SECONDS);
  }

  /** Everything that came on a channel, once the server has closed. */
  byte[] all(int channel) throws Exception {
    awaitClose();
    return received[channel].toByteArray();
  }

  /** Waits until so many bytes have come on a channel. */
  byte[] await(int channel, int length) throws InterruptedException {
    synchronized (received) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (received[channel].size() < length && System.nanoTime() < deadline) {
        received.wait(100);
      }
      return received[channel].toByteArray();
    }
  }

  /** The status with which the server closed. */
  int awaitClose() throws Exception {
    return closed.get(30, TimeUnit.SECONDS);
  }

  void abort() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    byte[] part = new byte[data.remaining()];
    data.get(part);
    message.writeBytes(part);
    if (last) {
      byte[] whole = message.toByteArray();
      message.reset();
      receive(whole[0], Arrays.copyOfRange(whole, 1, whole.length));
    }
    webSocket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      String whole = text.toString();
      text.setLength(0);
      receive(whole.charAt(0) - '0', Base64.getDecoder().decode(whole.substring(1)));
    }
    webSocket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  private void receive(int channel, byte[] bytes) {
    synchronized (received) {
      received[channel].writeBytes(bytes);
      received.notifyAll();
    }
  }

  @Override
  public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer data) {
    pong.complete(UTF_8.decode(data).toString());
    webSocket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
    closed.complete(status);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }
}
